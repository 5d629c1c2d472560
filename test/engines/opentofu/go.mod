module mcpstack.test/engines/opentofu

go 1.26.6

require github.com/opentofu/opentofu v1.12.6

// OpenTofu builds with its own fork of the configuration language; `go install ...@version` refuses because of this line.
replace github.com/hashicorp/hcl/v2 v2.20.1 => github.com/opentofu/hcl/v2 v2.20.2-0.20251021132045-587d123c2828
