import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GatewayProfile } from "@mcpstack/model";
import { discover } from "../discover";
import { judge } from "../judge/judge";
import { mapReader } from "../testing/map-reader";
import { acceptMetadata } from "../trust/accept-metadata";
import { liveMetadata } from "../trust/live-metadata";
import { productNames, recognizeProduct } from "./recognize";

interface Fixture {
  /** Absent where nothing is judged by the product's name. */
  readonly product?: keyof typeof productNames;
  readonly source: string;
  readonly documents: Record<string, Record<string, unknown>>;
  readonly profiles: { name: string; profile: Partial<GatewayProfile>; findings: string[]; info: string[] }[];
}

const folder = join(__dirname, "../../fixtures/products");
const fixtures = readdirSync(folder).map((file) => ({
  file,
  ...(JSON.parse(readFileSync(join(folder, file), "utf8")) as Fixture),
}));

const cases = fixtures.flatMap(({ file, product, documents, profiles }) =>
  profiles.map(({ name, profile, findings, info }) => ({
    title: `${file}: ${name}`,
    product,
    documents,
    profile: { name: "Support", providerType: "manual", clientId: "support", authorizationServerUrl: "", ...profile },
    findings,
    info,
  })),
);

test.each(cases)(
  "$title gives no other finding than the table says",
  async ({ product, documents, profile, findings, info }) => {
    const discovered = await discover(mapReader(documents), profile, { programUrls: [] });
    const found = judge({ profile, discovered, trustedOrigins: [] });
    const codes = (severe: boolean) =>
      found.filter(({ severity }) => (severity !== "info") === severe).map(({ code }) => code);
    expect({ findings: codes(true).sort(), info: codes(false).sort() }).toEqual({ findings, info });
    expect(recognizeProduct(discovered.authorizationServer.document, profile.authorizationServerUrl)).toBe(product);
  },
);

test.each(cases)(
  "$title is quiet once its metadata is accepted, but for what the table says",
  async ({ documents, profile, findings }) => {
    const discovered = await discover(mapReader(documents), profile, { programUrls: [] });
    const accepted = acceptMetadata({ live: liveMetadata(discovered, profile), profile, trustedOrigins: [] }).metadata;
    const found = judge({ profile, discovered, accepted, trustedOrigins: [] });
    expect(
      found
        .filter(({ severity }) => severity !== "info")
        .map(({ code }) => code)
        .sort(),
    ).toEqual(findings);
    expect(found.map(({ code }) => code)).not.toContain("endpoint-other-origin");
  },
);

test("Every product that has a name has a document, and every document says where it is from", () => {
  expect([...new Set(fixtures.flatMap(({ product }) => product ?? []))].sort()).toEqual(
    Object.keys(productNames).sort(),
  );
  for (const { source } of fixtures) expect(source).toMatch(/https:\/\/|\.well-known/);
});

test("A product on a domain of its customer is told by the form of its endpoints", () => {
  const document = {
    issuer: "https://login.acme.example/",
    registration_endpoint: "https://login.acme.example/oidc/register",
  };
  expect(recognizeProduct(document, "https://login.acme.example")).toBe("auth0");
  expect(recognizeProduct({ issuer: "https://x.example" }, "https://auth0.com.evil.example")).toBeUndefined();
});

test("Products that share a path with another one are not taken for it", () => {
  const named = (name: string) =>
    fixtures
      .filter(({ file }) => file === `${name}.json`)
      .flatMap(({ documents, profiles }) =>
        profiles.map(({ profile }) =>
          recognizeProduct(
            Object.values(documents)[0] as { readonly issuer: string },
            profile.authorizationServerUrl ?? "",
          ),
        ),
      );
  expect(named("oracle-identity-domains")).toEqual([undefined]);
  expect(named("descope")).toEqual([undefined]);
  const descope = {
    issuer: "https://api.descope.com/P2abc123",
    authorization_endpoint: "https://api.descope.com/oauth2/v1/authorize",
    token_endpoint: "https://api.descope.com/oauth2/v1/token",
    jwks_uri: "https://api.descope.com/P2abc123/.well-known/jwks.json",
  };
  expect(recognizeProduct(descope, descope.issuer)).toBeUndefined();
  const okta = {
    issuer: "https://login.acme.example/oauth2/default",
    authorization_endpoint: "https://login.acme.example/oauth2/default/v1/authorize",
    token_endpoint: "https://login.acme.example/oauth2/default/v1/token",
    jwks_uri: "https://login.acme.example/oauth2/default/v1/keys",
  };
  expect(recognizeProduct(okta, okta.issuer)).toBe("okta");
});

test("Correct profiles of as many published products as there are sources for are silent", () => {
  const correct = fixtures.flatMap(({ profiles }) => profiles.filter(({ findings }) => findings.length === 0));
  expect(new Set(fixtures.map(({ file }) => file)).size).toBeGreaterThanOrEqual(36);
  expect(correct.length).toBeGreaterThanOrEqual(49);
});
