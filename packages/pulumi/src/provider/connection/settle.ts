import { type Connection, type Environment, isApiError, resolveConnection } from "@mcpstack/api-client";
import { type ConnectionConfig, connectionConfig, connectionFields, validateConnection } from "@mcpstack/model";
import type { ConfigSource } from "../engine/contract";
import { ProviderError } from "../engine/failure";

/** A resource's or look-up's own choice of API, as plain values. */
export interface ConnectionValues {
  readonly apiUrl?: string | undefined;
  readonly organization?: string | undefined;
  readonly credentialFrom?: { readonly env?: string | undefined; readonly config?: string | undefined } | undefined;
}

export interface Settled {
  readonly connection: Connection;
  /** What the environment decided although `pulumi config` says otherwise, as sentences. */
  readonly overridden: readonly string[];
  /** Names of the environment variables that were taken because nothing else was named. */
  readonly fromEnvironment: readonly string[];
}

const jsonTypes: ReadonlySet<string> = new Set(["stringSet", "stringMap", "boolean"]);

/**
 * The provider's configuration in `pulumi config`, under the keys `mcpstack:…`.
 *
 * @throws ProviderError `invalid_config`
 */
export function readConfig(config: ConfigSource): ConnectionConfig {
  const given: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(connectionFields)) {
    const text = config.get(`mcpstack:${name}`);
    if (text !== undefined) given[name] = jsonTypes.has(field.type) ? parsed(name, text) : text;
  }
  const [problem] = validateConnection(given);
  if (problem) throw invalid(String(problem.path[0]), problem.message);
  return connectionConfig(given);
}

/**
 * Settles which API is called and with what: the resource's own choice, then the environment, then `pulumi config`. The environment
 * comes first because Pulumi keeps configuration in its state, and refreshes with the copy that it finds there.
 *
 * @throws ProviderError `credential_missing`, ApiError
 */
export function settle(
  own: ConnectionValues,
  config: ConnectionConfig,
  source: ConfigSource,
  env: Environment = process.env,
): Settled {
  const set = prefixOf(env);
  const apiUrl = env[`${set}_API_URL`]?.trim() ? undefined : config.apiUrl;
  const organization = env[`${set}_ORG_ID`]?.trim() ? undefined : config.organization;
  const address = { apiUrl: own.apiUrl ?? apiUrl, organization: own.organization ?? organization };
  const overridden = [
    ...differing(own.apiUrl, env[`${set}_API_URL`], config.apiUrl, `${set}_API_URL`, "mcpstack:apiUrl"),
    ...differing(own.organization, env[`${set}_ORG_ID`], config.organization, `${set}_ORG_ID`, "mcpstack:organization"),
  ];
  const chosen = own.credentialFrom
    ? credentialAt(own.credentialFrom, source, env)
    : hasCredential(env, set)
      ? undefined
      : configuredCredential(config);
  try {
    const connection = resolveConnection({ ...address, accessToken: chosen?.value }, env);
    const credential = chosen ? { ...connection.credential, source: chosen.source } : connection.credential;
    const fromEnvironment = [
      ...(own.apiUrl === undefined ? present(env, `${set}_API_URL`) : []),
      ...(own.organization === undefined ? present(env, `${set}_ORG_ID`) : []),
      ...(chosen ? [] : [credential.source]),
    ];
    return { connection: { ...connection, credential }, overridden, fromEnvironment };
  } catch (error) {
    if (!isApiError(error, "credential_missing")) throw error;
    throw new ProviderError(
      "credential_missing",
      "There is no credential for the MCP Stack API. Set the environment variable MCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY, or run " +
        "`pulumi config set --secret mcpstack:apiKey` (Pulumi then keeps it, encrypted, in its state).",
    );
  }
}

/** A credential and the place that held it, to be named in errors. */
interface PlacedCredential {
  readonly value: string;
  readonly source: string;
}

function configuredCredential(config: ConnectionConfig): PlacedCredential | undefined {
  if (config.accessToken !== undefined) return { value: config.accessToken, source: "mcpstack:accessToken" };
  return config.apiKey === undefined ? undefined : { value: config.apiKey, source: "mcpstack:apiKey" };
}

/** The set of variables that counts: the renamed client's only where the other has no credential and it has one. */
function prefixOf(env: Environment): "MCPSTACK" | "AGENETIX" {
  return !hasCredential(env, "MCPSTACK") && hasCredential(env, "AGENETIX") ? "AGENETIX" : "MCPSTACK";
}

function hasCredential(env: Environment, prefix: string): boolean {
  return [env[`${prefix}_ACCESS_TOKEN`], env[`${prefix}_API_KEY`]].some((value) => value?.trim());
}

function present(env: Environment, name: string): string[] {
  return env[name]?.trim() ? [name] : [];
}

function differing(
  own: string | undefined,
  fromEnvironment: string | undefined,
  configured: string | undefined,
  variable: string,
  key: string,
): string[] {
  const used = fromEnvironment?.trim();
  if (own !== undefined || !used || configured === undefined || used === configured) return [];
  return [
    `The environment variable ${variable} (${used}) takes the place of ${key} (${configured}). Unset one of them.`,
  ];
}

function credentialAt(
  place: { readonly env?: string | undefined; readonly config?: string | undefined },
  source: ConfigSource,
  env: Environment,
): PlacedCredential {
  const [value, where] =
    place.env === undefined
      ? [source.get(place.config ?? ""), `configuration key ${JSON.stringify(place.config)}`]
      : [env[place.env], `environment variable ${JSON.stringify(place.env)}`];
  if (value?.trim()) return { value, source: where };
  throw new ProviderError(
    "credential_missing",
    `The ${where}, which connection.credentialFrom names, is not set. It must hold an access token or a service-account key.`,
  );
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(name, "must be JSON, as `pulumi config set --path` writes it");
  }
}

function invalid(name: string, message: string): ProviderError {
  return new ProviderError("invalid_config", `The configuration key mcpstack:${name} ${message}.`);
}
