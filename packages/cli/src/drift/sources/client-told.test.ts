import { pulumiStack } from "./pulumi";
import { terraformPlan, terraformState } from "./terraform";

const values = { name: "Support", provider_type: "manual", authorization_server_url: "https://id.example.com" };
const tree = (more: object) => ({
  root_module: {
    resources: [{ address: "mcpstack_gateway.a", type: "mcpstack_gateway", values: { ...values, ...more } }],
  },
});
const plan = (more: object) =>
  terraformPlan(JSON.stringify({ format_version: "1.2", planned_values: tree(more) }), "plan.json");
const state = (more: object) =>
  terraformState(JSON.stringify({ format_version: "1.0", values: tree(more) }), "state.json");
const stack = (more: object) => {
  const inputs = { name: "Support", authorizationServerUrl: "https://id.example.com", ...more };
  const resource = { type: "pulumi-nodejs:dynamic/mcpstack:Gateway", urn: "urn:a", inputs };
  return pulumiStack(JSON.stringify({ version: 3, deployment: { resources: [resource] } }), "stack.json");
};
const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:…" };

test.each([
  ["a plan with null", plan({ client_id: null }), undefined],
  ["a plan in which it is not known yet", plan({}), ["clientId"]],
  ["a state with null", state({ client_id: null }), undefined],
  ["a stack that does not set it", stack({}), undefined],
  ["a stack that sets it", stack({ clientId: "x" }), undefined],
  ["a stack in which it is encrypted", stack({ clientId: encrypted }), ["clientId"]],
])("Whether there is a client id is told by %s, or is not judged", (_, inventory, unknown) => {
  expect(inventory.gateways.map((gateway) => gateway.unknown)).toEqual([unknown]);
});
