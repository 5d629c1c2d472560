// Credentials that cannot see what is there: what they are answered 404 for is not gone.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

let api: LocalApi;
let project: InlineProject;
let id: string;
const program = async () => {
  const gateway = new Gateway("support", {
    name: "Support",
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.com",
    metadataCheck: "off",
  });
  gateway.attachTo("petalpal-api");
};

beforeAll(async () => {
  api = await startLocalApi();
  project = await inlineProject("unseen", api.environment());
  await project.up(program);
  id = api.store.gateways()[0]?.id ?? "";
});
afterAll(async () => {
  await api.close();
  project.remove();
});

const withCredential = (given: { readonly hidden: string[]; readonly lists?: "hidden" }) => ({
  MCPSTACK_ACCESS_TOKEN: api.store.addCredential({ label: "narrow", ...given }).secret,
});
const ours = async () => (await project.resources()).filter(({ type }) => type.includes("mcpstack")).length;

describe.each([
  ["the gateway that the list names", () => ({ hidden: [id] }), "names it"],
  ["the gateway and the list", () => ({ hidden: [id], lists: "hidden" as const }), "was answered 404 too"],
  ["the server that the list names", () => ({ hidden: ["srv_petalpal_api"] }), "names it"],
  ["the server and the list", () => ({ hidden: ["srv_petalpal_api"], lists: "hidden" as const }), "answered 404 too"],
])("with a credential that cannot see %s", (what, credential, said) => {
  beforeAll(() => project.up(program));
  const operation = () => ({ mayFail: true, env: withCredential(credential()) });

  test("a refresh fails and keeps everything", async () => {
    const failed = await project.refresh(operation());
    expect([failed.ok, failed.output]).toEqual([false, expect.stringContaining(said)]);
    expect(await ours()).toBe(2);
  });

  test("a destroy fails and keeps what it could not see to be gone", async () => {
    const failed = await project.destroy(operation());
    expect([failed.ok, failed.output]).toEqual([false, expect.stringContaining(said)]);
    // The attachment goes first where it can be seen.
    const attached = what.includes("server") ? 1 : 0;
    expect([api.store.gateways().length, api.store.attachments().length]).toEqual([1, attached]);
    expect(await ours()).toBe(1 + attached);
  });
});

test("the right credential then destroys it, also where the answers are lost", async () => {
  await project.up(program);
  const lost = ["/gateway", `/gateways/${id}`].map((path) =>
    api.faults.add({ match: { method: "DELETE", path }, times: 1, performed: true, action: { status: 502 } }),
  );
  await project.destroy();
  expect([lost.map(({ struck }) => struck), api.store.gateways(), await ours()]).toEqual([[1, 1], [], 0]);
});
