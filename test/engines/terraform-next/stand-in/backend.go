// Package standin takes the place of the remote state backends that Terraform does not publish as modules.
package standin

import (
	"github.com/hashicorp/terraform/internal/backend"
	"github.com/hashicorp/terraform/internal/backend/remote-state/inmem"
)

// New gives the in-memory backend whatever backend was asked for.
func New() backend.Backend { return inmem.New() }
