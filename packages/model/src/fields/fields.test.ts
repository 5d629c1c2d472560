import { attachmentFields } from "./attachment";
import { connectionFields } from "./connection";
import type { Fields } from "./field";
import { gatewayFields } from "./gateway";
import { camelCase, snakeCase } from "./names";

const all: [string, Fields][] = [
  ["gateway", gatewayFields],
  ["attachment", attachmentFields],
  ["connection", connectionFields],
];

test.each(all)("every field of a %s has a description in sentences", (_, fields) => {
  const check = (inner: Fields) => {
    for (const [name, field] of Object.entries(inner)) {
      expect([name, field.description]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/s)]);
      if (field.fields) check(field.fields);
    }
  };
  check(fields);
});

test.each(all)("every example of a %s is a value that its field takes", (_, fields) => {
  for (const field of Object.values(fields)) {
    if (field.example !== undefined) expect(field.schema.safeParse(field.example).success).toBe(true);
  }
});

test("names go to Terraform's spelling and back", () => {
  for (const [, fields] of all) for (const name of Object.keys(fields)) expect(camelCase(snakeCase(name))).toBe(name);
  expect(snakeCase("authorizationServerUrl")).toBe("authorization_server_url");
});
