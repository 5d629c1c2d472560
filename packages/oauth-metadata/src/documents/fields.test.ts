import { once } from "./fields";

function counting() {
  let parses = 0;
  const parse = once((object) => {
    parses += 1;
    return Object.entries(object).map(([name, value]) => `${name}: ${typeof value}`);
  });
  return { parse, parses: () => parses };
}

test("A document is parsed once, however many copies of it there are.", () => {
  const { parse, parses } = counting();
  const one = { issuer: "https://auth.example.com" };
  expect(parse(one)).toBe(parse(one));
  expect(parse({ ...one })).toBe(parse(one));
  expect(parses()).toBe(1);
});

test.each([
  ["another value", { a: "1" }, { a: "2" }],
  ["another type", { a: "1" }, { a: 1 }],
  ["another name", { a: "1" }, { b: "1" }],
])("A document with %s is another one.", (_, one, other) => {
  const { parse, parses } = counting();
  parse(one);
  parse(other);
  expect(parses()).toBe(2);
});

test("What is remembered is bounded: the oldest is forgotten first, and a long document at once.", () => {
  const { parse, parses } = counting();
  const numbered = (n: number) => ({ issuer: `https://auth.example.com/${n}` });
  for (let n = 0; n < 65; n += 1) parse(numbered(n));
  parse(numbered(64));
  expect(parses()).toBe(65);
  parse(numbered(0));
  expect(parses()).toBe(66);
  const long = { issuer: "x".repeat(10_000) };
  parse({ ...long });
  parse({ ...long });
  expect(parses()).toBe(68);
});

test("A document that is nested deeper than the stack is parsed as any other.", () => {
  const { parse } = counting();
  expect(parse(JSON.parse(`{"deep":${"[".repeat(200_000)}${"]".repeat(200_000)}}`))).toEqual(["deep: object"]);
});
