import type { LocalApi } from "@mcpstack/local-api";
import { type Outcome, Workspace, type WorkspaceOptions } from "../e2e/workspace";

/** One gateway, attached to one server. */
export const attachedGateway = (lines = "", provider = "") => `
provider "mcpstack" {
${provider}
}
resource "mcpstack_gateway" "support" {
  name                     = "Support"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
  scopes                   = ["openid", "email"]
${lines}
}
resource "mcpstack_server_gateway_attachment" "petalpal" {
  server_id  = "petalpal-api"
  gateway_id = mcpstack_gateway.support.id
}
`;

/** A workspace in which that configuration, or another one, was applied. */
export async function appliedWorkspace(
  options: WorkspaceOptions,
  configuration: string = attachedGateway(),
): Promise<Workspace> {
  const workspace = await Workspace.create(options);
  await workspace.write(configuration);
  await workspace.apply();
  return workspace;
}

/** How many errors a person sees. */
export function errorCount({ text }: Outcome): number {
  return text.match(/^[│╷\s]*Error: /gm)?.length ?? 0;
}

/** What a person reads, without the frame and the line breaks that depend on its width. */
export function readText({ text }: Outcome): string {
  return text
    .replace(/^[│╷╵ ]+/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The resources of the state file, with all that is kept beside them. */
export async function resourcesInState(workspace: Workspace): Promise<unknown> {
  return (JSON.parse(await workspace.read("terraform.tfstate")) as { resources: unknown }).resources;
}

/** Plans, expecting one error with all of these texts, and that the state file is untouched to the byte. */
export async function failsWithoutLoss(
  workspace: Workspace,
  expected: readonly (string | RegExp)[],
  ...command: string[]
): Promise<void> {
  const before = await workspace.read("terraform.tfstate");
  const outcome = await workspace.run(...(command.length > 0 ? command : ["plan", "-input=false", "-no-color"]));
  expect(outcome.status).toBe(1);
  for (const text of expected) expect(readText(outcome)).toMatch(text);
  expect(errorCount(outcome)).toBe(1);
  expect(await workspace.read("terraform.tfstate")).toBe(before);
}

/** The paths of the requests that reached the API, without the organization. */
export function requested(api: LocalApi): string[] {
  return api.requests.map(({ method, path }) => `${method} ${path.replace(/^\/api\/v1\/organizations\/?/, "")}`);
}
