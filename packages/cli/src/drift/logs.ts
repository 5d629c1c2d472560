import type { ApiClient, LogEvent } from "@mcpstack/api-client";
import { type FindingEntry, findingEntry } from "@mcpstack/model";
import { symptomOf } from "@mcpstack/oauth-metadata";
import { type ExplainedEvent, type Report, withItems } from "./report";

const eventsRead = 50;
const eventsShown = 2;

/** The failures among a gateway's newest events that a finding with that code explains. Pure. */
export function eventsFor(code: string, gateway: string, events: readonly LogEvent[]): ExplainedEvent[] {
  const entry: FindingEntry | undefined = findingEntry(code);
  const symptoms: readonly string[] = entry?.symptoms ?? [];
  return events
    .filter(({ outcome }) => outcome === undefined || !/^(success|ok|succeeded)$/i.test(outcome))
    .flatMap(({ at, type, message }) => (message === undefined ? [] : [{ gateway, at, type, message }]))
    .filter(({ message }) => symptoms.includes(symptomOf(message) ?? ""))
    .slice(0, eventsShown);
}

/** Puts beside a finding the recent events that it explains. Logs that cannot be read are left out: they only illustrate. */
export async function withEvents(report: Report, api: ApiClient, signal?: AbortSignal): Promise<Report> {
  const gateways = new Set(
    report.items.flatMap(({ finding, subjects }) =>
      findingEntry(finding.code)?.symptoms
        ? subjects.filter(({ kind }) => kind === "gateway").map(({ address }) => address)
        : [],
    ),
  );
  const read = await Promise.all([...gateways].map(async (id) => [id, await newestEvents(api, id, signal)] as const));
  const events = new Map(read);
  return withItems(
    report,
    report.items.map((item) => ({
      ...item,
      events: item.subjects.flatMap(({ address }) => eventsFor(item.finding.code, address, events.get(address) ?? [])),
    })),
  );
}

async function newestEvents(api: ApiClient, id: string, signal?: AbortSignal): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  try {
    for await (const event of api.gatewayLogs(id, { signal, pageSize: eventsRead })) {
      events.push(event);
      if (events.length >= eventsRead) break;
    }
  } catch {
    signal?.throwIfAborted();
  }
  return events;
}
