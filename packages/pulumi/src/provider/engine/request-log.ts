import type { RequestLog } from "@mcpstack/reconciler";
import type { Say } from "./say";

/** From these levels of `--logflow -v=LEVEL` on requests are told of, and their bodies, as Pulumi's own requests are. */
const levels = { requests: 9, bodies: 11 } as const;

/**
 * Where requests are told of: with the engine's own verbose log, once it flows to its plug-ins (`pulumi up --logflow --logtostderr -v=9`).
 * Undefined otherwise, so that they cost nothing.
 *
 * @param args - of the provider's process. Default: of this one.
 */
export function requestLog(say: Say, args: readonly string[] = process.argv.slice(2)): RequestLog | undefined {
  const verbosity = Number(args.map((arg) => /^-{1,2}v=(\d+)$/.exec(arg)?.[1]).find(Boolean) ?? 0);
  if (verbosity < levels.requests) return undefined;
  const tell = (message: string, fields: Readonly<Record<string, unknown>>) =>
    void say("debug", `${message}: ${lineOf(fields)}`);
  return { debug: tell, trace: verbosity < levels.bodies ? undefined : tell };
}

function lineOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
