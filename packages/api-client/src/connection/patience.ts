import { type ConnectionConfig, connectionFields } from "@mcpstack/model";
import { ApiError } from "../errors/api-error";
import type { Environment } from "./settle-connection";

/** How long to wait for an API, in milliseconds. */
export interface Patience {
  /** For one that limits or fails. */
  readonly retryMs: number;
  /** For reads and lists that may lag behind writes. */
  readonly readLagMs: number;
}

const variables = {
  retryTimeout: { name: "MCPSTACK_RETRY_TIMEOUT", default: 120 },
  readLag: { name: "MCPSTACK_READ_LAG", default: 30 },
} as const;

/**
 * The patience that a program chooses, else the environment.
 *
 * @throws ApiError `environment_invalid`
 */
export function patienceOf(
  config: Pick<ConnectionConfig, keyof typeof variables> = {},
  env: Environment = process.env,
): Patience {
  const ms = (field: keyof typeof variables) => 1000 * (config[field] ?? fromEnvironment(field, env));
  return { retryMs: ms("retryTimeout"), readLagMs: ms("readLag") };
}

function fromEnvironment(field: keyof typeof variables, env: Environment): number {
  const variable = variables[field];
  const text = env[variable.name]?.trim();
  if (!text) return variable.default;
  const parsed = connectionFields[field].schema.safeParse(Number(text));
  if (parsed.success) return parsed.data;
  throw new ApiError({
    code: "environment_invalid",
    summary: `The environment variable ${variable.name} ${parsed.error.issues[0]?.message ?? "is no number of seconds"}.`,
    hint: `Correct it, or unset it: then it is ${variable.default}.`,
  });
}
