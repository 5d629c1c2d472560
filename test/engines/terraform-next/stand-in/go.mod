module mcpstack.test/engines/terraform-next/stand-in

go 1.25
