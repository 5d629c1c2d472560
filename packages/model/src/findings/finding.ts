import { z } from "zod";
import type { StoredField } from "../fields/gateway";
import { unknownCode } from "./unknown-code";

/** How much a finding weighs: `error`, this login cannot work or trust has moved; `warn`, look at it; `info`, worth knowing. */
export type Severity = "error" | "warn" | "info";

/** Which connection a finding is about: profile, identity provider and upstream API; or the MCP URL and the gateway's own issuer. */
export type Leg = "upstream" | "public";

/**
 * Fields of a profile and what to write into them; null takes the field out. What it leads to passes `validateGateway`, and `validateEdits`
 * beside the profile.
 */
export type ProfileChange = { readonly [F in StoredField | "trustedOrigins"]?: string | readonly string[] | null };

/** Fields of the document that is published at an address, for its owner; null takes the field out. */
export interface DocumentChange {
  readonly at: string;
  readonly fields: Readonly<Record<string, string | boolean | readonly string[] | null>>;
}

/**
 * What a finding says to do, as data, where it is a change of something that is written down. The sentence is made of it. One of the two:
 * what the person may change, or what the owner of a document may.
 */
export interface Advice {
  readonly profile?: ProfileChange | undefined;
  readonly document?: DocumentChange | undefined;
}

/** Something worth saying about a profile and what is published around it. All texts from documents are data: escape them where shown. */
export interface Finding {
  /** Stable; the name of the page under docs/findings. */
  readonly code: string;
  readonly leg: Leg;
  readonly severity: Severity;
  /** The configured field it is about, such as `["authorizationServerUrl"]`; empty for the gateway as a whole. */
  readonly path: readonly string[];
  /** One line. */
  readonly summary: string;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
  /** The address that was read. */
  readonly where?: string | undefined;
  /** Section of the standard, such as `RFC 8414 §3.3`. */
  readonly standard?: string | undefined;
  /** What to do, with the exact text to write where there is one. */
  readonly fix: string;
  /** The same as data, where it is a change of the profile or of a published document. */
  readonly advice?: Advice | undefined;
  /** The newest event of the gateway's log that this explains, where one was looked for: when, and what it says, in one line. */
  readonly event?: string | undefined;
}

/** A code that no finding has would silence nothing, and nobody would notice. */
export const severityByCode = z
  .record(z.string(), z.enum(["error", "warn", "info", "off"], { error: 'must be "error", "warn", "info" or "off"' }), {
    error: 'must map codes of findings to "error", "warn", "info" or "off"',
  })
  .check(({ value, issues }) => {
    for (const code of Object.keys(value)) {
      const message = unknownCode(code);
      if (message !== undefined) issues.push({ code: "custom", message, input: code, path: [code] });
    }
  });

const weight: Record<Severity, number> = { info: 0, warn: 1, error: 2 };

/** The severest first; equal ones keep their order. */
export function bySeverity(a: Finding, b: Finding): number {
  return weight[b.severity] - weight[a.severity];
}
