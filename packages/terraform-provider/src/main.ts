import { serve } from "@mcpstack/tfplugin";
import { version } from "./version";

// Terraform starts several processes for one command and waits for each handshake: the provider itself is loaded only after it.
void serve({
  address: "registry.terraform.io/mcpstack/mcpstack",
  version,
  load: () => (require("./provider") as typeof import("./provider")).provider,
});
