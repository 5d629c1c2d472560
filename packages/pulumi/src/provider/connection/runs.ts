import { ApiClient } from "@mcpstack/api-client";
import type { ConnectionConfig } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { Run } from "@mcpstack/reconciler";
import type { ConfigSource } from "../engine/contract";
import { say } from "../engine/say";
import { version } from "../version";
import { readConfig, settle } from "./settle";
import { connectionValues } from "./validate";

const nothing: ConfigSource = { get: () => undefined };
let source: ConfigSource = nothing;
let config: ConnectionConfig | undefined;
let metadata: MetadataReader | undefined;
const runs = new Map<string, Run>();

/** Takes `pulumi config`. It must have assigned before its first await: the engine reads in parallel and does not wait for it. */
export function configure(request: { readonly config: ConfigSource }): void {
  source = request.config;
}

/** The run for a resource's connection: one a process and connection. Opens no connection by itself. */
export function runFor(connection: unknown): Run {
  const key = JSON.stringify(connection ?? {});
  const known = runs.get(key);
  if (known) return known;
  const settings = settingsOfProcess();
  const { connection: settled, overridden } = settle(connectionValues(connection), settings, source);
  for (const sentence of overridden) void say("warning", sentence);
  const run = new Run({
    api: new ApiClient(settled, { userAgent: `mcpstack-pulumi/${version}` }),
    metadata: metadataReader(),
    policy: {
      ...(settings.metadataCheck && { metadataCheck: settings.metadataCheck }),
      ...(settings.findings && { findings: settings.findings }),
    },
    trustedOrigins: settings.trustedOrigins,
  });
  runs.set(key, run);
  return run;
}

function settingsOfProcess(): ConnectionConfig {
  config ??= readConfig(source);
  return config;
}

/** One reader for all connections: a host that hangs is waited for once. */
export function metadataReader(): MetadataReader {
  const { caFile, allowInsecureMetadata } = settingsOfProcess();
  metadata ??= new MetadataReader({ caFile, allowInsecureMetadata });
  return metadata;
}
