import { definedOnly, hasUnknown, knownOnly, unknownNames, unknownValue } from "./values";

const properties = {
  name: "Support",
  clientId: unknownValue,
  scopes: ["openid", unknownValue],
  settings: { deep: { er: unknownValue } },
  trustedOrigins: ["https://a.example"],
};

test("what is unknown at any depth is unknown", () => {
  expect(hasUnknown(properties.settings)).toBe(true);
  expect(unknownNames(properties, ["name", "clientId", "scopes", "settings", "trustedOrigins"])).toEqual([
    "clientId",
    "scopes",
    "settings",
  ]);
  expect(knownOnly(properties)).toEqual({ name: "Support", trustedOrigins: ["https://a.example"] });
});

test("the text of an unknown is Pulumi's own", () => {
  const { unknownValue: pulumis } = require("@pulumi/pulumi/runtime/rpc") as { unknownValue: string };
  expect(unknownValue).toBe(pulumis);
});

test("undefined, which the wire cannot say, is dropped at every depth; null, false and empty stay", () => {
  expect(definedOnly({ a: undefined, b: null, c: { d: undefined, e: false, f: "" }, g: [] })).toEqual({
    b: null,
    c: { e: false, f: "" },
    g: [],
  });
});
