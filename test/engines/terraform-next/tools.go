//go:build tools

// Package terraformnext pins the Terraform that the tests of the newest protocol run against.
package terraformnext

import _ "github.com/hashicorp/terraform"
