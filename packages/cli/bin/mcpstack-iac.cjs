#!/usr/bin/env node
// Stands in the sources, so that npm finds it and links the command before anything is built.
require("../dist/mcpstack-iac.cjs");
