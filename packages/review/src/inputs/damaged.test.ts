import { reviewPlan } from "../review";
import type { Loose } from "../testing/loose";
import { pulumiPreview } from "../testing/pulumi-preview";
import { inputOf, today } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";

const scenario = {
  before: { gateways: { support: supportGateway } },
  after: { gateways: { support: { ...supportGateway, authorizationServerUrl: "https://login.other.example/" } } },
};
const review = (content: unknown) => reviewPlan(inputOf(content), { now: today });
const plan = () => terraformPlan(scenario) as Loose;

// Read leniently, each of these would be a plan in which nothing changes.
test.each<[string, (plan: Loose) => void]>([
  ["null as the resource changes", (p) => (p.resource_changes = null)],
  ["an object as the resource changes", (p) => (p.resource_changes = { 0: p.resource_changes[0] })],
  ["an empty object as the resource changes", (p) => (p.resource_changes = {})],
  ["a text as the resource changes", (p) => (p.resource_changes = "mcpstack")],
  ["a list as the configuration", (p) => (p.configuration = [])],
  ["a change that is a list", (p) => (p.resource_changes[0].change = [])],
  ["a resource change that is a list", (p) => (p.resource_changes[0] = ["mcpstack_gateway"])],
  ["no address", (p) => delete p.resource_changes[0].address],
  ["a list as a text", (p) => (p.resource_changes[0].change.after.authorization_server_url = ["https://x.example"])],
  ["an object as a text", (p) => (p.resource_changes[0].change.before.client_id = { a: 1 })],
  ["a text as a list", (p) => (p.resource_changes[0].change.after.scopes = "openid")],
  ["a list as the values after", (p) => (p.resource_changes[0].change.after = ["https://x.example"])],
])("a plan with %s is refused", async (_, damage) => {
  const made = plan();
  damage(made);
  await expect(review(made)).rejects.toMatchObject({ code: "input-unknown-format" });
});

test.each<[string, (preview: Loose) => void]>([
  ["null as the steps", (p) => (p.steps = null)],
  ["an object as the steps", (p) => (p.steps = {})],
  [
    "a list as a text",
    (p) => (p.steps.find(({ urn }: Loose) => urn.includes("Gateway")).newState.inputs.clientId = ["x"]),
  ],
])("a preview with %s is refused", async (_, damage) => {
  const made = pulumiPreview(scenario) as Loose;
  damage(made);
  await expect(review(made)).rejects.toMatchObject({ code: "input-unknown-format" });
});

test.each([
  ["in a change", '"after":{', '"after":{"authorization_server_url":"https://petalpal.eu.auth0.com/",'],
  ["in a change, spelled with escapes", '"after":{', '"after":{"\\u0061uthorization_server_url":"x",'],
  ["around the change", '"change":{', '"change":{"actions":["no-op"]},"change":{'],
  ["at the top", '"resource_changes":', '"resource_changes":[],"resource_changes":'],
])("a key that is given twice %s is refused", async (_, at, twice) => {
  const text = JSON.stringify(plan());
  expect(text).toContain(at);
  await expect(review(text.replace(at, () => twice))).rejects.toMatchObject({
    code: "input-not-json",
    message: expect.stringContaining("twice"),
  });
});

test("the same key in two objects, and a text that looks like one, is nothing", async () => {
  const made = plan();
  made.resource_changes[0].change.after.description = '{"name":1,"name":2}';
  expect((await review(made)).findings.map(({ code }) => code)).toContain("authorization-server-new");
});
