// Pulumi: the command line, its language host for Node, and the executable that serves dynamic resources.
// The PATH's own is taken from 3.248 on, the version of @pulumi/pulumi that the tests use, if all three are there.
import { ensureEngine } from "./engine.mjs";

const dynamicProvider = "pulumi-resource-pulumi-nodejs";

/** The dynamic provider's code comes from the @pulumi/pulumi of the project that is being run. */
const dynamicProviderScript = `#!/bin/sh
exec node "$(node -p "require.resolve('@pulumi/pulumi/cmd/dynamic-provider')")" "$@"
`;

/** @type {import("./engine.mjs").Recipe} */
const pulumi = {
  product: "pulumi",
  program: "pulumi",
  version: "3.259.0",
  minimum: "3.248.0",
  companions: ["pulumi-language-nodejs", dynamicProvider],
  programs: [
    {
      module: "pulumi",
      program: "pulumi",
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.259.0" },
    },
    {
      module: "pulumi-language-nodejs",
      program: "pulumi-language-nodejs",
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.68.0" },
    },
  ],
  scripts: { [dynamicProvider]: dynamicProviderScript },
};

/** Finds Pulumi with its companions, or makes 3.259.0. */
export const ensure = (options) => ensureEngine(pulumi, options);
