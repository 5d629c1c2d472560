module mcpstack.test/engines/terraform-next

go 1.25.8

require github.com/hashicorp/terraform v1.15.0

// Terraform keeps these ten in its own repository as modules that it never publishes. The tests use none of
// them, so one stand-in serves for all; overlay.json gives it to each under its own path.
replace (
	github.com/hashicorp/terraform/internal/backend/remote-state/azure => ./azure
	github.com/hashicorp/terraform/internal/backend/remote-state/consul => ./consul
	github.com/hashicorp/terraform/internal/backend/remote-state/cos => ./cos
	github.com/hashicorp/terraform/internal/backend/remote-state/gcs => ./gcs
	github.com/hashicorp/terraform/internal/backend/remote-state/kubernetes => ./kubernetes
	github.com/hashicorp/terraform/internal/backend/remote-state/oci => ./oci
	github.com/hashicorp/terraform/internal/backend/remote-state/oss => ./oss
	github.com/hashicorp/terraform/internal/backend/remote-state/pg => ./pg
	github.com/hashicorp/terraform/internal/backend/remote-state/s3 => ./s3
	github.com/hashicorp/terraform/internal/legacy => ./legacy
)
