import { type FindingCode, type GatewayProfile, type ProfileField, profileFields } from "@mcpstack/model";
import { cases, inputOf } from "../testing/cases";
import { discoveredOf } from "../testing/discovered";
import { judge } from "./judge";

const names = Object.keys(profileFields) as ProfileField[];
const without = (profile: GatewayProfile, name: ProfileField) => ({ ...profile, [name]: undefined });

test.each(cases)("$code: what depends on something unknown is not said", ({ when }) => {
  const input = inputOf(when);
  for (const name of names) {
    if (name === "authorizationServerUrl" || name === "metadataUrl") continue;
    const profile = without(input.profile, name);
    const found = judge({ ...input, profile, unknown: [name] });
    const known = [input.profile, profile].map((one) =>
      judge({ ...input, profile: one }).map((finding) => JSON.stringify(finding)),
    );
    const certain = (finding: string) => known.every((said) => said.includes(finding));
    // What is said with a field unknown would be said whatever it is; of the document that a resource names nothing was read here.
    const uncertain = found.map((finding) => JSON.stringify(finding)).filter((finding) => !certain(finding));
    if (name !== "resource" && name !== "clientId") expect(uncertain).toEqual([]);
  }
});

test("Endpoints that are not known yet are not taken for missing ones", () => {
  const input = inputOf({ server: [{ url: "https://id.example/x", outcome: "not-found", status: 404 }] });
  const codes = (unknown: ProfileField[]): FindingCode[] =>
    judge({ ...input, unknown }).map(({ code }) => code as FindingCode);
  expect(codes([])).toContain("metadata-not-found");
  expect(codes(["authorizationEndpoint", "tokenEndpoint"])).not.toContain("metadata-not-found");
  expect(codes(["scopes"])).toContain("metadata-not-found");
});

test("A refused move is said although the resource is not known yet, and not while it is not known which origins are trusted", () => {
  const moved = { token_endpoint: "https://evil.example/token" };
  const accepted = {
    issuer: "https://id.example",
    tokenEndpoint: "https://id.example/token",
    resource: "https://api.example",
  };
  const input = inputOf({ server: moved, rest: { accepted } });
  const profile = without(input.profile, "resource");
  const discovered = discoveredOf(profile, { server: { issuer: "https://id.example", ...moved } });
  const codes = (unknown: ProfileField[]) => judge({ ...input, profile, discovered, unknown }).map(({ code }) => code);
  expect(codes(["resource"])).toContain("origin-moved");
  expect(codes(["resource"])).not.toContain("metadata-moved");
  expect(codes(["resource", "trustedOrigins"])).not.toContain("origin-moved");
});
