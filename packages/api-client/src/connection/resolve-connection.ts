import type { ConnectionConfig } from "@mcpstack/model";
import { type Connection, type Environment, type Placed, settleConnection } from "./settle-connection";

/**
 * The connection of arguments and environment, as `settleConnection` has it. An access token as argument comes before a key.
 *
 * @throws ApiError `credential_missing`, `credential_invalid`, `connection_ambiguous`, `invalid_api_url` or `insecure_api_url`.
 */
export function resolveConnection(
  config: Pick<ConnectionConfig, "apiUrl" | "organization" | "accessToken" | "apiKey">,
  env: Environment = process.env,
): Connection {
  const token = argument("access_token", config.accessToken);
  const key = argument("api_key", config.apiKey);
  const program = {
    apiUrl: argument("api_url", config.apiUrl),
    organization: argument("organization", config.organization),
    credential: token ? ({ kind: "accessToken", ...token } as const) : key && ({ kind: "apiKey", ...key } as const),
  };
  return settleConnection({ program, env }).connection;
}

function argument(name: string, value: string | undefined): Placed | undefined {
  return value?.trim() ? { value, source: `${name} argument` } : undefined;
}
