#!/usr/bin/env node
import { parseArgs } from "node:util";
import { parseBehaviour } from "./behaviour/merge-behaviour";
import { behaviourNames, behaviourSwitches } from "./behaviour/switches";
import { startIssuer } from "./issuer/start-issuer";
import { describeEnvironment } from "./server/describe-environment";
import { startLocalApi } from "./server/start-local-api";

const usage = `node dist/main.js [--port N] [--persist-to FILE] [--servers N] [--issuer] [--issuer-path /realms/x] [--behaviour SWITCH=VALUE]…

Runs an MCP Stack API on this machine until it is interrupted, and prints the environment variables that lead to it.
With --issuer an OpenID issuer runs beside it. Switches, the default first:

${behaviourNames.map((name) => `  ${name}: ${behaviourSwitches[name].values.join(" | ")}`).join("\n")}
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "persist-to": { type: "string" },
      servers: { type: "string" },
      issuer: { type: "boolean", default: false },
      "issuer-path": { type: "string" },
      behaviour: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { port, servers, "persist-to": persistTo, "issuer-path": issuerPath } = values;
  const api = await startLocalApi({
    ...(port === undefined ? {} : { port: wholeNumber("--port", port) }),
    ...(servers === undefined ? {} : { seed: { servers: wholeNumber("--servers", servers) } }),
    ...(persistTo === undefined ? {} : { persistTo }),
    behaviour: parseBehaviour(values.behaviour),
  });
  const lines = describeEnvironment(api);
  if (values.issuer || issuerPath !== undefined) {
    const issuer = await startIssuer(issuerPath === undefined ? {} : { path: issuerPath });
    lines.push(`# OpenID issuer: ${issuer.url}`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`${option} must be a whole number, not "${text}"`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
