import { ApiClient, resolveConnection } from "@mcpstack/api-client";
import type { LocalApi } from "@mcpstack/local-api";
import type { GatewayProfile } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { Run, type RunOptions } from "../run";

const open: (() => Promise<void>)[] = [];

/** A run against a local API, as an engine's process makes one. Retries and looks wait hardly at all. */
export function runOn(api: LocalApi, options: Partial<RunOptions> = {}, env: Record<string, string | undefined> = {}) {
  const connection = resolveConnection({}, { ...api.environment(), ...env });
  const client = new ApiClient(connection, { retries: { baseMs: 1, maxMs: 1 }, timeoutMs: 5_000, patienceMs: 2_000 });
  const metadata = new MetadataReader();
  open.push(
    () => client.close(),
    () => metadata.close(),
  );
  return new Run({ api: client, metadata, patienceMs: 1, readLagMs: 0, ...options });
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Nothing is published for it, so nothing is asked for. */
export const quiet = {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.invalid",
  metadataCheck: "off",
} as const satisfies GatewayProfile;
