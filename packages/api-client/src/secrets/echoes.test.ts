import { looksMasked } from "@mcpstack/model";
import { echoMark } from "./echo-mark";
import { Echoes } from "./echoes";

const secret = "tok_0123456789abcdefghij";
const read = (document: unknown, ...secrets: string[]) => {
  const body = JSON.stringify(document);
  return new Echoes(secrets.length > 0 ? secrets : [secret]).without(JSON.parse(body), body);
};

test.each<[string, unknown, unknown]>([
  ["a text", { status: secret }, { status: echoMark }],
  ["sixteen characters of it in a text", [`for ${secret.slice(3, 19)}…`], [echoMark]],
  ["Base64", { a: { b: Buffer.from(`x:${secret}`).toString("base64") } }, { a: { b: echoMark } }],
  ["the name of a field", { [secret]: "value", other: 1 }, { [echoMark]: echoMark, other: 1 }],
])("a document is read without what repeats a secret: %s", (_, document, expected) => {
  expect(read(document)).toEqual(expected);
});

test("an escape of every character changes nothing about that", () => {
  const escaped = [...secret].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const body = `{"status":"${escaped}"}`;
  expect(new Echoes([secret]).without(JSON.parse(body), body)).toEqual({ status: echoMark });
});

test.each<[string, unknown, string]>([
  [
    "fewer characters than that, as an id and a key may have in common",
    { id: "petalpal-orders" },
    "petalpal-orde-7781",
  ],
  ["a secret that is too short to be told from other values", { status: "active" }, "active"],
  [
    "the header of another token",
    ["eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.a.b"],
    "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.payload.signature",
  ],
])("data stays as it is: %s", (_, document, known) => {
  expect(read(document, known)).toEqual(document);
});

test("the mark is one that no update writes back", () => {
  expect(looksMasked(echoMark)).toBe(true);
});
