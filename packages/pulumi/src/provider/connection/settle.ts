import {
  type Connection,
  type Credential,
  type Environment,
  isApiError,
  type Placed,
  settleConnection,
} from "@mcpstack/api-client";
import {
  type ConnectionConfig,
  connectionConfig,
  connectionFields,
  isEmpty,
  validateConnection,
} from "@mcpstack/model";
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
    if (text === undefined) continue;
    if (field.type === "integer") given[name] = text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
    else given[name] = jsonTypes.has(field.type) ? parsed(name, text) : text;
  }
  const [problem] = validateConnection(given);
  if (problem) throw invalid(problem.path.filter((step) => typeof step === "string").join("."), problem.message);
  return connectionConfig(given);
}

/**
 * Settles which API is called and with what: the resource's own choice, then the environment, then `pulumi config`, as `settleConnection`
 * has it. The environment comes before the configuration because Pulumi keeps configuration in its state, and refreshes with the copy that it finds there.
 *
 * @throws ProviderError `credential_missing`, ApiError (`connection_ambiguous` among them)
 */
export function settle(
  own: ConnectionValues,
  config: ConnectionConfig,
  source: ConfigSource,
  env: Environment = process.env,
): Settled {
  const credential = own.credentialFrom && credentialAt(own.credentialFrom, source, env);
  const program = {
    apiUrl: placed("connection.apiUrl", own.apiUrl),
    organization: placed("connection.organization", own.organization),
    credential,
  };
  const after = {
    apiUrl: placed("mcpstack:apiUrl", config.apiUrl),
    organization: placed("mcpstack:organization", config.organization),
    credential: configuredCredential(config),
  };
  try {
    const settled = settleConnection({ program, env, after });
    const overridden = [
      ...differing(settled.apiUrl, program.apiUrl, after.apiUrl),
      ...differing(settled.organization, program.organization, after.organization),
    ];
    const fromEnvironment = [settled.apiUrl, settled.organization, settled.connection.credential].flatMap((found) =>
      found && isVariable.test(found.source) ? [found.source] : [],
    );
    return { connection: settled.connection, overridden, fromEnvironment };
  } catch (error) {
    if (!isApiError(error, "credential_missing")) throw error;
    throw new ProviderError(
      "credential_missing",
      "There is no credential for the MCP Stack API. Set the environment variable MCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY, or run " +
        "`pulumi config set --secret mcpstack:apiKey` (Pulumi then keeps it, encrypted, in its state).",
    );
  }
}

function placed(source: string, value: string | undefined): Placed | undefined {
  return value === undefined || isEmpty(value) ? undefined : { value, source };
}

function configuredCredential(config: ConnectionConfig): Credential | undefined {
  const token = placed("mcpstack:accessToken", config.accessToken);
  if (token) return { kind: "accessToken", ...token };
  const key = placed("mcpstack:apiKey", config.apiKey);
  return key && { kind: "apiKey", ...key };
}

/** How the product's own variables are called; a variable that the program itself names is described otherwise. */
const isVariable = /^(MCPSTACK|AGENETIX)_/;

/** Where neither the program nor the configuration decided, a variable did. */
function differing(used: Placed | undefined, own: Placed | undefined, configured: Placed | undefined): string[] {
  if (own || !used || !configured || used.value === configured.value) return [];
  return [
    `The environment variable ${used.source} (${used.value}) takes the place of ${configured.source} (${configured.value}). Unset one of them.`,
  ];
}

/** A name that nothing is found by may be the credential itself, put in the place of its name: what looks like no name is not shown. */
function variable(name: string): string {
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? `environment variable "${name}"` : "environment variable";
}

function credentialAt(
  place: { readonly env?: string | undefined; readonly config?: string | undefined },
  source: ConfigSource,
  env: Environment,
): Credential {
  const [value, where, shown] =
    place.env === undefined
      ? [source.get(place.config ?? ""), `configuration key ${JSON.stringify(place.config)}`, "configuration key"]
      : [env[place.env], `environment variable ${JSON.stringify(place.env)}`, variable(place.env)];
  if (value?.trim()) return { kind: "accessToken", value, source: where };
  throw new ProviderError(
    "credential_missing",
    `The ${shown} that connection.credentialFrom.${place.env === undefined ? "config" : "env"} names is not set. It must hold an access token or a service-account key.`,
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
