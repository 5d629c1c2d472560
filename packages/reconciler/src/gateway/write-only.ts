import { ApiError } from "@mcpstack/api-client";
import type { GatewayProfile, Json } from "@mcpstack/model";

/** Shorter texts hide nothing, and taking them out would spoil any sentence. */
const shortestSecret = 4;

/**
 * Does a write, and takes the profile's write-only values out of what it fails with: a service may repeat what it refuses, and an
 * error is shown and logged.
 */
export async function withoutWriteOnly<T>({ settingsWo }: GatewayProfile, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ApiError) || settingsWo === undefined) throw error;
    const secrets = textsIn(settingsWo).sort((a, b) => b.length - a.length);
    const redacted = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, "[write-only]"), text);
    const { hint } = error;
    const summary = hint === undefined ? error.message : error.message.slice(0, -hint.length - 1);
    throw error.with({ summary: redacted(summary), hint: hint && redacted(hint) });
  }
}

function textsIn(value: Json): string[] {
  if (typeof value === "string") return value.length < shortestSecret ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
