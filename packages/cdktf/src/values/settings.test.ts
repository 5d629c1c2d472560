import { ref, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { type Settings, settingsJson } from "./settings";

/** What Terraform finds in the place of the settings. */
function rendered(settings: (stack: TerraformStack) => Settings): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  new TerraformOutput(stack, "text", { value: settingsJson(settings(stack)) });
  return JSON.parse(Testing.synth(stack)).output.text.value;
}

test("settings without tokens are their JSON text", () => {
  const settings = { identity: { claim: 'the "sub"', path: "a\\b" }, flags: [true, null, 1.5], empty: {} };
  expect(rendered(() => settings)).toBe(JSON.stringify(settings));
});

test("a dollar and a brace in a setting stay text to Terraform", () => {
  expect(rendered(() => ({ template: `\${user} %{if}` }))).toBe(`{"template":"$\${user} %%{if}"}`);
});

test("a token in a setting is encoded by Terraform, so that its value cannot break the JSON", () => {
  const variable = (stack: TerraformStack) => new TerraformVariable(stack, "secret", { sensitive: true });
  expect(rendered((stack) => ({ clientSecret: variable(stack).stringValue, kept: "x" }))).toBe(
    `{"clientSecret":\${jsonencode(var.secret)},"kept":"x"}`,
  );
});

test("numbers, lists and maps may be tokens too", () => {
  const settings = (stack: TerraformStack) => ({
    seconds: new TerraformVariable(stack, "seconds", {}).numberValue,
    list: new TerraformVariable(stack, "list", {}).listValue,
    map: Token.asStringMap(ref("var.map")),
    any: new TerraformVariable(stack, "any", {}).value,
  });
  expect(rendered(settings)).toBe(
    `{"seconds":\${jsonencode(var.seconds)},"list":\${jsonencode(var.list)},"map":\${jsonencode(var.map)},"any":\${jsonencode(var.any)}}`,
  );
});
