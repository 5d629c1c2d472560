import { z } from "zod";
import type { Field } from "./field";

const published = (description: string): Field => ({
  type: "string",
  description,
  presence: "computed",
  meaning: "exact",
  schema: z.string(),
});

/** What was live when somebody last approved an apply (DESIGN, "Three documents"). */
export const metadataFields = {
  issuer: published("Issuer identifier of the authorization server (RFC 8414 §2)."),
  authorizationEndpoint: published("Authorization endpoint (RFC 8414 §2)."),
  tokenEndpoint: published("Token endpoint (RFC 8414 §2)."),
  registrationEndpoint: published("Dynamic client registration endpoint, where one is offered (RFC 7591)."),
  jwksUri: published("Address of the key set that signs tokens (RFC 8414 §2)."),
  codeChallengeMethods: {
    type: "stringList",
    description:
      "PKCE challenge methods on offer, sorted (RFC 8414 §2, `code_challenge_methods_supported`); absent where not listed.",
    presence: "computed",
    meaning: "exact",
    schema: z.array(z.string()),
  },
  resource: published(
    "Resource identifier that the protected resource publishes about itself, where it does (RFC 9728 §2).",
  ),
} as const satisfies Record<string, Field>;

export interface AcceptedMetadata {
  readonly issuer?: string | undefined;
  readonly authorizationEndpoint?: string | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly registrationEndpoint?: string | undefined;
  readonly jwksUri?: string | undefined;
  readonly codeChallengeMethods?: readonly string[] | undefined;
  readonly resource?: string | undefined;
}
