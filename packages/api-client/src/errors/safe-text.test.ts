import { redact, safeText } from "./safe-text";

test.each([
  ["as it is", "bad token s3cr/t=="],
  ["percent-encoded", "bad token s3cr%2Ft%3D%3D"],
  ["in Base64", `bad token ${Buffer.from("s3cr/t==").toString("base64")}`],
])("a credential is taken out of a text: %s", (_, text) => {
  expect(redact(text, "s3cr/t==")).toBe("bad token [credential]");
});

test("control characters, line ends and text direction marks become spaces", () => {
  expect(safeText("a\u001b[31mred\r\nb\u202ec\u0000", "none")).toBe("a [31mred b c");
});

test("a long text is cut after 200 characters, and not within a credential", () => {
  const text = safeText(`${"x".repeat(195)}secret-credential`, "secret-credential");
  expect(text).toBe(`${"x".repeat(195)}[cred…`);
});
