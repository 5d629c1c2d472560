import { parseArgs } from "node:util";
import { parseBehaviour } from "../behaviour/merge-behaviour";
import { behaviourNames, behaviourSwitches } from "../behaviour/switches";
import { type Issuer, startIssuer } from "../issuer/start-issuer";
import { describeEnvironment } from "../server/describe-environment";
import { type LocalApi, startLocalApi } from "../server/start-local-api";

/** What a person may have mistyped. */
export class LocalUsageError extends Error {
  readonly code = "LOCAL_API_USAGE";
  override readonly name = "LocalUsageError";
}

export interface LocalRun {
  api: LocalApi;
  issuer?: Issuer;
  /** What to print: the variables to set, and the issuer's address as a comment. */
  lines: string[];
  close(): Promise<void>;
}

export const localUsage = `Options:
  --port N                  listen there (default: a free port)
  --persist-to FILE         keep everything, credentials too, in that file
  --servers N               so many MCP servers instead of the three usual ones
  --issuer                  run an OpenID issuer beside it
  --issuer-path /realms/x   the same, with a path
  --behaviour SWITCH=VALUE  how the service behaves where it is not known; may be repeated

Switches, the default first:
${behaviourNames.map((name) => `  ${name}: ${behaviourSwitches[name].values.join(" | ")}`).join("\n")}
`;

/** Starts what a command line asks for. */
export async function runLocal(args: readonly string[]): Promise<LocalRun> {
  const values = readOptions(args);
  const { port, servers, "persist-to": persistTo, "issuer-path": issuerPath } = values;
  const api = await startLocalApi({
    ...(port === undefined ? {} : { port: wholeNumber("--port", port) }),
    ...(servers === undefined ? {} : { seed: { servers: wholeNumber("--servers", servers) } }),
    ...(persistTo === undefined ? {} : { persistTo }),
    behaviour: parseBehaviour(values.behaviour),
  });
  const lines = describeEnvironment(api);
  if (!values.issuer && issuerPath === undefined) return { api, lines, close: () => api.close() };
  const issuer = await startIssuer(issuerPath === undefined ? {} : { path: issuerPath });
  return {
    api,
    issuer,
    lines: [...lines, `# OpenID issuer: ${issuer.url}`],
    close: async () => {
      await Promise.all([api.close(), issuer.close()]);
    },
  };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        "persist-to": { type: "string" },
        servers: { type: "string" },
        issuer: { type: "boolean", default: false },
        "issuer-path": { type: "string" },
        behaviour: { type: "string", multiple: true, default: [] },
      },
    }).values;
  } catch (cause) {
    throw new LocalUsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new LocalUsageError(`${option} must be a whole number, not "${text}"`);
}
