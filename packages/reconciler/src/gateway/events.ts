import type { LogEvent } from "@mcpstack/api-client";
import { type Finding, findingEntry } from "@mcpstack/model";
import { findingsBehind, safeText, symptomOf } from "@mcpstack/oauth-metadata";
import type { CallOptions, Run } from "../run";

/** Gateways whose logs are looked into in one run: events illustrate findings, and must not cost more than they do. */
const mostLogs = 5;
const timeoutMs = 3_000;

/**
 * Puts beside each finding that explains a symptom the newest event of the gateway's log that shows it: one request a gateway, and only
 * where there is such a finding that counts. Logs that cannot be read are left out.
 */
export async function withRecentEvents(
  run: Run,
  gatewayId: string,
  findings: readonly Finding[],
  options: CallOptions = {},
): Promise<Finding[]> {
  const counts = ({ code, severity }: Finding) => severity !== "info" && findingEntry(code)?.symptoms !== undefined;
  if (!findings.some(counts) || run.logsRead.has(gatewayId) || run.logsRead.size >= mostLogs) return [...findings];
  run.logsRead.add(gatewayId);
  return beside(findings, await newestEvents(run, gatewayId, options));
}

/** Takes the events as the service orders them, the newest first. Pure. */
export function beside(findings: readonly Finding[], events: readonly LogEvent[]): Finding[] {
  const shown = new Map<Finding, string>();
  for (const { at, type, outcome, message } of events) {
    if (message === undefined || /^(success|succeeded|ok)$/i.test(outcome ?? "")) continue;
    const symptom = symptomOf(`${type ?? ""} ${message}`);
    if (symptom === undefined) continue;
    const text = safeText([at, message].filter((part) => part !== undefined).join(" "));
    for (const finding of findingsBehind(symptom, findings)) if (!shown.has(finding)) shown.set(finding, text);
  }
  return findings.map((finding) => {
    const event = finding.severity === "info" ? undefined : shown.get(finding);
    return event === undefined ? finding : { ...finding, event };
  });
}

async function newestEvents(run: Run, gatewayId: string, { signal }: CallOptions): Promise<LogEvent[]> {
  const limit = AbortSignal.timeout(timeoutMs);
  const events: LogEvent[] = [];
  try {
    const read = { signal: signal ? AbortSignal.any([signal, limit]) : limit, pages: 1 };
    for await (const event of run.api.gatewayLogs(gatewayId, read)) events.push(event);
  } catch {
    signal?.throwIfAborted();
  }
  return events;
}
