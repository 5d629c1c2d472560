import { hclString } from "./hcl";

// What a real Terraform makes of these is tested under test/cli.
test.each([
  ["plain", '"plain"'],
  ['say "hi" \\ bye', '"say \\"hi\\" \\\\ bye"'],
  ["a\nb\tc", '"a\\u000ab\\u0009c"'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what must not be taken for one
  ["${x} %{y}", '"$${x} %%{y}"'],
  ["$${x}", '"$\\u0024{x}"'],
  ["$ { % x", '"$ { % x"'],
  ["\u202eabc", '"\\u202eabc"'],
  ["a\u{e0041}", '"a\\U000e0041"'],
  ["a\ud800b", '"a\ufffdb"'],
])("%j is written as %s", (text, written) => {
  expect(hclString(text)).toBe(written);
});
