// Gateways that no person would write into a program, and that a service may hold all the same.
import type { LocalApi } from "@mcpstack/local-api";

type Made = Parameters<LocalApi["store"]["createGateway"]>[0];

/** What begins a template. */
const [interpolated, directive] = ["$" + "{", "%" + "{"];

const issuer = "https://auth.example.com";

/** By what is odd about them. */
export const oddGateways: Readonly<Record<string, Partial<Made>>> = {
  "a description of two lines": { description: "For support:\nread tickets" },
  "a description that ends in a line break": { description: "Made in a form\r\n" },
  "a leading space": { name: " led", description: " led", clientId: " led", resource: " https://api.example.com" },
  "a trailing space": { name: "trailed ", description: "trailed ", clientId: "trailed ", providerType: "manual " },
  "a plain http issuer": { authorizationServerUrl: "http://auth.example.com" },
  "plain http endpoints": {
    authorizationEndpoint: "http://auth.example.com/authorize",
    tokenEndpoint: "http://auth.example.com/token",
    registrationEndpoint: "http://auth.example.com/register",
  },
  "a lone token endpoint": { tokenEndpoint: "https://auth.example.com/token" },
  "a lone authorization endpoint": { authorizationEndpoint: "https://auth.example.com/authorize" },
  "endpoints and no issuer": {
    authorizationServerUrl: undefined,
    authorizationEndpoint: "https://auth.example.com/authorize",
    tokenEndpoint: "https://auth.example.com/token",
  },
  "a lone token endpoint and no issuer": {
    authorizationServerUrl: undefined,
    tokenEndpoint: "https://auth.example.com/token",
  },
  "nothing but a name": { authorizationServerUrl: undefined },
  "a query in the issuer": { authorizationServerUrl: `https://auth.example.com/?tenant=1&x=${interpolated}y}` },
  "a fragment in the issuer": { authorizationServerUrl: "https://auth.example.com/#top" },
  "an issuer that is no URL": { authorizationServerUrl: "auth.example.com", metadataUrl: "/metadata.json" },
  "an issuer of another scheme": { authorizationServerUrl: "urn:example:issuer" },
  "characters in scopes that no scope may have": {
    scopes: [
      'say"hi"',
      "back\\slash",
      `${interpolated}template}`,
      `${directive}if}`,
      "öpen",
      "two words",
      " led",
      "a\tb",
      "a".repeat(2000),
    ],
  },
  "texts that look like templates": {
    name: `a "quoted" \\ ${interpolated}name} ${directive} if true } $${interpolated}x} $$${interpolated}y} %${directive}z}`,
    description: `$ { % # // /* */ \`x\` '${interpolated}file("/etc/passwd")}' <<EOT`,
    clientId: `${interpolated}var.client}`,
  },
  "a decomposed Unicode name": {
    name: "Cafe\u0301 \u1112\u1161\u11ab",
    description: "u\u0308ber",
    clientId: "cafe\u0301",
    resource: "https://api.example.com/cafe\u0301",
    scopes: ["cafe\u0301.read"],
  },
  "half a character": { name: "half \ud83d of one", description: "\udc00" },
  "control characters": { name: "bell\u0007 tab\t line\n nul\u0000 escape\u001b[31m", clientId: "a\u007fb" },
  "invisible characters": { name: "\ufeffzero\u200bwidth\u2028right\u202eleft\u00a0", description: "\u{e0041}" },
  "an empty name": { name: "" },
  "no provider type": { providerType: "" },
  "a very long text": { name: "n".repeat(5000), description: `${"long ".repeat(40_000)}\n` },
  "an unknown provider type": { providerType: "acme-idp/v2" },
  "a provider type of two words": { providerType: "Two Words" },
  "a client id with spaces": { clientId: "my client id" },
  "a resource that is no URL": { resource: "the audience" },
  "a metadata URL with a query": { metadataUrl: "http://auth.example.com/metadata?tenant=1#x" },
};

/** Puts each of them into an API. @returns their ids, by what is odd about them. */
export function makeOddGateways(api: LocalApi): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(oddGateways).map(([odd, given]) => [
      odd,
      api.store.createGateway({ name: odd, authorizationServerUrl: issuer, ...given }).id,
    ]),
  );
}
