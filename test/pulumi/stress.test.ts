// An API that limits, that lags behind its writes, that does not take the credential, or that made a gateway unseen.
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway } from "@mcpstack/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

let api: LocalApi;
let project: InlineProject;
beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(async () => {
  await api.close();
  project.remove();
});

const gateway = (name: string, clientId?: string) =>
  new Gateway(name, {
    name,
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.invalid",
    metadataCheck: "off",
    ...(clientId && { clientId }),
  });

test("what was made and changed just now is refreshed to the same, and nothing is changed again", async () => {
  api.setBehaviour({ readLag: 1_500, listLag: 1_500, attachLag: 1_500, putAnswer: "204", attachAnswer: "204" });
  project = await inlineProject("lags", api.environment());
  const program = (clientId?: string) => async () => void gateway("support", clientId).attachTo("petalpal-api");
  await project.up(program());
  await project.refresh();
  expect((await project.up(program())).changes).toEqual({ same: 2 });
  await project.up(program("two"));
  await project.refresh();
  expect((await project.up(program("two"))).changes).toEqual({ same: 2 });
  expect(api.store.gateways()).toHaveLength(1);
});

test("gateways are made although the first writes are refused, in the patience that the configuration says", async () => {
  project = await inlineProject("limits", { ...api.environment(), MCPSTACK_RETRY_TIMEOUT: "100" });
  const planted = api.faults.add({ match: { method: "POST" }, times: 25, action: { rateLimit: {} } });
  await project.up(async () => void Array.from({ length: 12 }, (_, n) => gateway(`g${n}`)));
  expect(planted.struck).toBe(25);
  expect(api.store.gateways()).toHaveLength(12);
});

test("a credential that does not work is said by a preview that has nothing to read", async () => {
  const token = "wrong-token-0123456789";
  project = await inlineProject("credential", { ...api.environment(), MCPSTACK_ACCESS_TOKEN: token });
  const { output } = await project.preview(async () => void gateway("support"), { mayFail: true });
  expect(output).toMatch(/credential does not work.*\(credential_refused\)/s);
  expect(output).not.toContain(token);
});

test("a gateway that is there already is named before another one is made, and adopting it makes none", async () => {
  project = await inlineProject("exists", api.environment());
  const { id } = api.store.createGateway({ name: "support", authorizationServerUrl: "https://auth.example.invalid" });
  const { output } = await project.preview(async () => void gateway("support"));
  expect(output).toMatch(new RegExp(`${id}.*adopt.*\\(gateway_exists\\)`, "s"));
});
