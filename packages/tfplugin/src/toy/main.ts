import { serve } from "../serve/serve";

void serve({
  address: "registry.terraform.io/mcpstack/toy",
  version: "1.0.0",
  load: async () => (await import("./provider.js")).toyProvider(),
});
