import { ref, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { roundedSettings, type Settings, settingsJson } from "./settings";

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

test("a whole number beyond 2^53 is a bigint, and keeps its digits", () => {
  expect(rendered(() => ({ quota: 12345678901234567890n, deep: [{ n: -9007199254740993n }] }))).toBe(
    '{"quota":12345678901234567890,"deep":[{"n":-9007199254740993}]}',
  );
});

test("what JavaScript has rounded is named, and no token is taken for it", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const token = new TerraformVariable(stack, "n", {}).numberValue;
  const settings = {
    quota: Number("12345678901234567890"),
    deep: [{ n: 2 ** 53 }],
    fine: 2 ** 53 - 1,
    half: 1e20 + 0.5,
    token,
  };
  expect(roundedSettings("settings", settings)).toEqual([
    expect.stringMatching(/^settings\.quota is a whole number beyond 2\^53.*\(rounded_number\)$/),
    expect.stringMatching(/^settings\.deep\.0\.n /),
    expect.stringMatching(/^settings\.half /),
  ]);
});
