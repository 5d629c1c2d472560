import { inputOf } from "../testing/cases";
import { judge } from "./judge";

const apart = { token_endpoint: "https://tokens.example/token" };
const before = { issuer: "https://old.example", tokenEndpoint: "https://old.example/token" };
const said = (rest: object) =>
  judge(inputOf({ server: apart, rest })).filter(({ code }) => code === "endpoint-other-origin");

test("An endpoint at another origin is worth knowing at first sight, and worth a look where the program chose another issuer", () => {
  expect(said({})).toMatchObject([{ severity: "info" }]);
  const choice = { authorizationServerUrl: "https://old.example" };
  expect(said({ accepted: before, choice })).toMatchObject([
    { severity: "warn", fix: expect.stringContaining('"https://tokens.example" belongs to the provider') },
  ]);
});

// A refused origin came in with an edit of metadata_url to the issuer's own host, where the document called itself "acme".
test.each(["acme", "urn:acme", "file:///acme", "//acme", "https://tokens.example"])(
  "A document that calls itself %s lets in nobody whom the program does not name, at whatever address the program reads it",
  (issuer) => {
    const accepted = { issuer: "https://id.example", tokenEndpoint: "https://id.example/token" };
    const choice = { authorizationServerUrl: "https://id.example" };
    const found = judge(
      inputOf({
        server: { ...apart, issuer },
        profile: { metadataUrl: "https://id.example/tenant.json" },
        rest: { accepted, choice },
      }),
    );
    expect(found.filter(({ code }) => code === "origin-moved")).toMatchObject([
      {
        severity: "error",
        summary: expect.stringContaining(
          'tokenEndpoint from "https://id.example/token" to "https://tokens.example/token"',
        ),
      },
    ]);
  },
);

test("Origins that the program names are not said, whatever the document calls itself", () => {
  const trusted = { trustedOrigins: ["https://tokens.example"] };
  expect(said(trusted)).toEqual([]);
});
