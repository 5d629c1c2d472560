//go:build tools

// Package opentofu pins the OpenTofu that the tests run against; nothing here is compiled into anything else.
package opentofu

import _ "github.com/opentofu/opentofu/cmd/tofu"
