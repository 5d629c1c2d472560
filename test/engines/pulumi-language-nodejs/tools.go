//go:build tools

// Package nodejs pins Pulumi's language host for Node: the newest one inside a published Go module. It works with the newer CLI.
package nodejs

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
