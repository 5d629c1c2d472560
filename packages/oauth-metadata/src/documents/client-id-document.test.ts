import { parseClientIdDocument } from "./client-id-document";

test("Of a secret in a client's document only the field's name is kept", () => {
  const document = parseClientIdDocument({ client_id: "https://a.example/c", client_secret: "s3cr3t-of-the-client" });
  expect(document.secret_fields).toEqual(["client_secret"]);
  expect(JSON.stringify(document)).not.toContain("s3cr3t");
});
