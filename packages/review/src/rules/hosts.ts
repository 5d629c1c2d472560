import { isLoopback, parseUrl } from "@mcpstack/model";
import type { ResourceChange } from "../changes/change";
import { isWritten, nameOf, stringAt } from "../changes/values";
import { urlFields } from "./known-trust";
import { lookalikeOf } from "./lookalike";
import { aboutField, type Draft, perGateway, type RuleContext } from "./rule";

/** What a URL that is new in this plan looks like. */
export const hosts = perGateway((gateway, context) =>
  isWritten(gateway) ? [...urlFields, "resource" as const].flatMap((field) => url(gateway, field, context)) : [],
);

function url(gateway: ResourceChange, field: (typeof urlFields)[number] | "resource", { known }: RuleContext): Draft[] {
  const text = stringAt(gateway.after, field);
  const before = stringAt(gateway.before, field);
  const parsed = text === undefined ? undefined : parseUrl(text);
  if (text === undefined || !parsed || before === text) return [];
  const draft = aboutField(gateway, field);
  const found: Draft[] = [];
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*@/i.test(text)) {
    found.push({
      ...draft,
      code: "url-user-info",
      summary: `A URL of ${nameOf(gateway)} carries user information; its host is ${parsed.hostname}`,
    });
  }
  // A resource is a name, not an address that somebody signs in at.
  if (field === "resource") return found;
  if (parsed.protocol === "http:" && !isLoopback(parsed.hostname)) {
    found.push({ ...draft, code: "https-lost", summary: `${nameOf(gateway)} uses a plain http address` });
  }
  if (known.hosts.has(parsed.hostname)) return found;
  if (/(?:^|\.)xn--/.test(parsed.hostname)) {
    found.push({ ...draft, code: "punycode-host", summary: `${nameOf(gateway)} uses the host ${parsed.hostname}` });
  }
  const original = lookalikeOf(parsed.hostname, known.hosts);
  if (original !== undefined) {
    found.push({ ...draft, code: "lookalike-host", summary: `${parsed.hostname} looks like ${original}` });
  }
  return found;
}
