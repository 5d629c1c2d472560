// Some of the cases of the sentinel through real engines, with all that they can log.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { type Engine, Workspace } from "../e2e/workspace";
import { type Echoing, echoing, echoingService, secretsOf } from "./echoing-service";
import { expectNowhere, places } from "./places";

/** A write that is answered with an error says the most. */
const cases = fc.sample(
  echoing
    .filter(({ action }) => "status" in action && action.status >= 400)
    .map((of): Echoing => ({ ...of, match: { method: "POST" }, after: 0 })),
  { numRuns: 4, seed: 20260505 },
);

const configuration = `
variable "secret" {
  type      = string
  sensitive = true
  ephemeral = true
}
resource "mcpstack_gateway" "support" {
  name                     = "New"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
  settings_wo              = var.secret
  settings_wo_version      = 1
}
data "mcpstack_gateway_logs" "old" {
  gateway_id = "gtw_000001"
}
`;

describe.each<Engine>(["terraform", "terraform-next", "opentofu"])("%s under TF_LOG=TRACE", (engine) => {
  test.each(cases.map((of) => [of.where, of] as const))(
    "prints and keeps no piece of a secret that comes %s",
    async (_, of) => {
      const { api, gatewayId, plant } = await echoingService(of);
      const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-sentinel-"));
      // A file, since Terraform logs the names and values of no variables that come from one.
      const variables = path.join(folder, "secrets.tfvars.json");
      await writeFile(variables, JSON.stringify({ secret: JSON.stringify(of.writeOnly) }));
      const log = { TF_LOG: "TRACE", TF_LOG_PROVIDER: "TRACE" };
      const workspace = await Workspace.create({ engine, api, env: log });
      try {
        api.store.addLogEvent(gatewayId, { type: "tool_call", outcome: "failure", message: `Bearer ${of.credential}` });
        await workspace.write(configuration);
        const varFile = `-var-file=${variables}`;
        const plan = await workspace.run("plan", "-input=false", "-no-color", "-out=planned.tfplan", varFile);
        plant();
        const printed = [
          plan,
          await workspace.run("apply", "-input=false", "-no-color", varFile, "planned.tfplan"),
          await workspace.run("apply", "-auto-approve", "-input=false", "-no-color", varFile),
          await workspace.run("show", "-json"),
        ];
        expect(printed.map(({ text }) => text).join("")).toContain("[TRACE]");
        expectNowhere(
          await places(
            workspace.folder,
            printed.map(({ text }) => text),
          ),
          ...secretsOf(of),
        );
      } finally {
        await workspace.remove();
        await rm(folder, { recursive: true, force: true });
        await api.close();
      }
    },
  );
});
