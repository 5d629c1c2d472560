import { type Finding, findingEntry, type Symptom } from "@mcpstack/model";

/** How a log event or an error answer words what the help page's table of symptoms lists. The first that fits is taken. */
const wordings: readonly (readonly [Symptom, RegExp])[] = [
  [
    "embedded exchange fails",
    /\b(embedded|token)[ _-]?exchange\b|\borigin\b.{0,40}\bnot (allowed|permitted)\b|\bagent\b.{0,40}\bnot linked\b/i,
  ],
  ["callback fails", /\bredirect[ _-]?uris?\b|\bcallback\b/i],
  ["invalid audience", /\baudience\b|\binvalid_target\b|\bAADSTS(9010010|500011|650053)\b|\baud\b/i],
  [
    "missing scopes",
    /\binsufficient_scope\b|\binvalid_scope\b|\b(missing|required?|insufficient|lacks?)\b.{0,40}\bscopes?\b|\bscopes?\b.{0,40}\bnot granted\b/i,
  ],
  [
    "metadata 404",
    /\b(metadata|discovery|well-known|openid-configuration)\b.{0,80}\b(404|not found|unreachable|failed)\b/i,
  ],
];

/** The symptom that a text tells of, if any. */
export function symptomOf(text: string): Symptom | undefined {
  const bounded = text.slice(0, 2000);
  return wordings.find(([, pattern]) => pattern.test(bounded))?.[0];
}

/** Those findings that can be the cause of a symptom, in their order. */
export function findingsBehind(symptom: Symptom, findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => findingEntry(code)?.symptoms?.includes(symptom));
}
