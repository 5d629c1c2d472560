import { sameIssuer } from "@mcpstack/model";
import { type FunctionDefinition, t } from "@mcpstack/tfplugin";

/** `provider::mcpstack::same_issuer(a, b)` */
export const sameIssuerFunction: FunctionDefinition = {
  summary: "Whether two issuer identifiers are the same",
  description:
    "Compares two issuer identifiers as a client must: character by character, so that a trailing slash makes a difference (RFC 8414 §3.3).",
  parameters: [
    { name: "a", type: t.string, description: "An issuer identifier." },
    { name: "b", type: t.string, description: "Another one." },
  ],
  returns: t.bool,
  call: ([a, b]) => sameIssuer(String(a), String(b)),
};
