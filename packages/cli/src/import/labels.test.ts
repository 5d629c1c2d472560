import { labelOf, uniqueLabels, variableOf } from "./labels";

test.each([
  ["Support Gateway", "support_gateway"],
  ["  Ünïcode – dash ", "unicode_dash"],
  ["42 things", "gateway_42_things"],
  ["日本", "gateway"],
  ["", "gateway"],
  ["class", "class_gateway"],
  ["gateway", "gateway_gateway"],
  ["a".repeat(80), "a".repeat(50)],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that looks like one
  ["${x}", "x"],
])("%j becomes %s", (name, label) => {
  expect(labelOf(name, "gateway")).toBe(label);
});

test("labels stay apart as Terraform names and as variables", () => {
  const labels = uniqueLabels(["A b", "a-b", "aB", "a b 2", "A B"], "gateway", new Set(["other"]));
  expect(labels).toEqual(["a_b", "a_b_2", "ab", "a_b_2_2", "a_b_3"]);
  expect(new Set(labels.map(variableOf)).size).toBe(labels.length);
  expect(uniqueLabels(["other"], "server", new Set(["other"]))).toEqual(["other_2"]);
});
