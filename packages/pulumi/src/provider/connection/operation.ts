import { ApiClient, patienceOf } from "@mcpstack/api-client";
import type { ConnectionConfig } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { logsMetadataRequest, logsRequest, type RequestLog, Run } from "@mcpstack/reconciler";
import type { ConfigSource } from "../engine/contract";
import { ProviderError } from "../engine/failure";
import { requestLog } from "../engine/request-log";
import type { Say } from "../engine/say";
import { version } from "../version";
import { readConfig, type Settled, settle } from "./settle";
import { connectionValues } from "./validate";

export interface OperationOptions {
  readonly config: ConfigSource;
  /** Where a person is told what is worth knowing. */
  readonly say: Say;
  /**
   * Whether this process was not started by the engine, as with an inline program: the provider may then be given another environment
   * than the one here (`workspace.envVars` of the Automation API), and nothing in this process can tell.
   *
   * @default false
   */
  readonly inline?: boolean;
}

/**
 * One operation of the engine on one stack, such as a preview: its configuration, one run for each connection, one time budget for
 * metadata. Nothing in it outlives it, so that the next operation reads everything anew. It opens no connection by itself.
 */
export class Operation {
  readonly #options: OperationOptions;
  readonly #runs = new Map<string, Run>();
  readonly #said = new Set<string>();
  readonly #log: RequestLog | undefined;
  #settings: ConnectionConfig | undefined;
  #metadata: MetadataReader | undefined;

  constructor(options: OperationOptions) {
    this.#options = options;
    this.#log = requestLog(options.say);
  }

  /**
   * The run for a resource's or a look-up's connection: one for all that come to the same API, organization and credential.
   *
   * @throws ProviderError `invalid_config`, `credential_missing`, ApiError
   */
  runFor(connection: unknown): Run {
    const settled = this.#settle(connection);
    for (const sentence of this.#doubts(settled)) this.#sayOnce(sentence);
    // The place of the credential stands for it: no key holds a secret.
    const { apiUrl, organization, credential } = settled.connection;
    const key = JSON.stringify([apiUrl, organization ?? null, credential.kind, credential.source]);
    const run = this.#runs.get(key) ?? this.#begin(settled);
    this.#runs.set(key, run);
    return run;
  }

  /** One reader for all connections: a host that hangs is waited for once. */
  get metadata(): MetadataReader {
    const { caFile, allowInsecureMetadata } = this.#config();
    this.#metadata ??= new MetadataReader({
      caFile,
      allowInsecureMetadata,
      onRequest: this.#log && logsMetadataRequest(this.#log, (text) => this.#hidden(text)),
    });
    return this.#metadata;
  }

  get trustedOrigins(): readonly string[] {
    return this.#config().trustedOrigins ?? [];
  }

  #settle(connection: unknown): Settled {
    try {
      return settle(connectionValues(connection), this.#config(), this.#options.config);
    } catch (error) {
      if (!this.#options.inline || !(error instanceof ProviderError) || error.code !== "credential_missing")
        throw error;
      throw new ProviderError(error.code, `${error.message} ${blindness}`);
    }
  }

  #doubts({ overridden, fromEnvironment }: Settled): readonly string[] {
    if (!this.#options.inline || fromEnvironment.length === 0) return overridden;
    const variables = fromEnvironment.join(", ");
    return [
      ...overridden,
      `A look-up takes its connection from the environment of this process (${variables}). ${blindness} Where the stack's provider is ` +
        "given others, it works on another API or organization than the look-up. Name them in the look-up's `connection`, or keep them " +
        "in `pulumi config`.",
    ];
  }

  #begin({ connection }: Settled): Run {
    const { metadataCheck, findings, ...config } = this.#config();
    const { retryMs, readLagMs } = patienceOf(config);
    return new Run({
      api: new ApiClient(connection, {
        userAgent: `mcpstack-pulumi/${version}`,
        patienceMs: retryMs,
        onRequest: this.#log && logsRequest(this.#log),
      }),
      readLagMs,
      metadata: this.metadata,
      policy: { ...(metadataCheck && { metadataCheck }), ...(findings && { findings }) },
      trustedOrigins: this.trustedOrigins,
    });
  }

  /** A text without the secrets of any connection. */
  #hidden(text: string): string {
    return [...this.#runs.values()].reduce((shown, { api }) => api.secrets.hide(shown), text);
  }

  #config(): ConnectionConfig {
    this.#settings ??= readConfig(this.#options.config);
    return this.#settings;
  }

  #sayOnce(sentence: string): void {
    if (this.#said.has(sentence)) return;
    this.#said.add(sentence);
    void this.#options.say("warning", sentence);
  }
}

const blindness =
  "Look-ups of an inline program run in the program's own process, which sees none of the stack's `workspace.envVars`.";
