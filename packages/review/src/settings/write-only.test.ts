import { reviewPlan } from "../review";
import { cdktfStack } from "../testing/cdktf-stack";
import type { Loose } from "../testing/loose";
import { pulumiPreview } from "../testing/pulumi-preview";
import { inputOf, today } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";
import { terraformPlan } from "../testing/terraform-plan";

const evil = '{"issuer":"https://login-zq.example"}';
const program = (values: object) => ({ gateways: { support: { ...supportGateway, ...values } } });
const edit = { before: program({}), after: program({ description: "x" }) };

async function told(made: Loose, options: Loose = {}): Promise<string[]> {
  const { findings } = await reviewPlan(inputOf(made), { now: today, ...options });
  expect(JSON.stringify(findings)).not.toContain("-zq");
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

const changed = ["warn write-only-settings-changed"];
const perhaps = ["info write-only-settings-changed"];

test.each<[string, Loose, Loose, string[]]>([
  ["that is new", {}, { settings_wo: evil }, changed],
  ["that is another one", { settings_wo: "{}" }, { settings_wo: evil }, changed],
  ["that is the same", { settings_wo: evil }, { settings_wo: evil }, []],
  ["that goes", { settings_wo: evil }, {}, []],
])("a settings_wo %s beside another edit in CDKTF", async (_, before, after, expected) => {
  const [base, head] = [cdktfStack(edit.before) as Loose, cdktfStack(edit.after) as Loose];
  Object.assign(base.resource.mcpstack_gateway.support, before);
  Object.assign(head.resource.mcpstack_gateway.support, after);
  expect(await told(head, { base: inputOf(base) })).toEqual(expected);
});

test.each<[string, Loose | undefined | "no base", Loose | undefined, string[]]>([
  ["that is new", undefined, { constant_value: evil }, changed],
  ["that is another one", { constant_value: "{}" }, { constant_value: evil }, changed],
  ["that is the same", { constant_value: evil }, { constant_value: evil }, []],
  ["that is made of the same", { references: ["var.secret"] }, { references: ["var.secret"] }, perhaps],
  ["that is made of something else", { references: ["var.secret"] }, { references: ["var.evil"] }, changed],
  ["whose base nobody has", "no base", { constant_value: evil }, perhaps],
  ["that is null", undefined, { constant_value: null }, []],
])("a settings_wo %s beside another edit in Terraform", async (_, before, after, expected) => {
  const [base, head] = [terraformPlan({ after: edit.before }) as Loose, terraformPlan(edit) as Loose];
  const gatewayOf = (made: Loose) => made.configuration.root_module.resources[0].expressions;
  if (before !== undefined) gatewayOf(base).settings_wo = before;
  if (after !== undefined) gatewayOf(head).settings_wo = after;
  expect(await told(head, before === "no base" ? {} : { base: inputOf(base) })).toEqual(expected);
});

test.each<[string, unknown, unknown, string[]]>([
  ["that is new", undefined, "[secret]", changed],
  ["that is hidden on both sides", "[secret]", "[secret]", perhaps],
  ["that is the same", evil, evil, []],
  ["that goes", "[secret]", undefined, []],
])("a settingsWo %s beside another edit in Pulumi", async (_, before, after, expected) => {
  const made = pulumiPreview(edit) as Loose;
  const { oldState, newState } = made.steps.find(({ urn }: Loose) => urn.includes("Gateway::"));
  oldState.inputs.settingsWo = before;
  newState.inputs.settingsWo = after;
  expect(await told(made)).toEqual(expected);
});

test("a gateway that is not written writes no settings_wo", async () => {
  const made = terraformPlan({ before: edit.before, after: edit.before }) as Loose;
  made.configuration.root_module.resources[0].expressions.settings_wo = { constant_value: evil };
  expect(await told(made)).toEqual([]);
});
