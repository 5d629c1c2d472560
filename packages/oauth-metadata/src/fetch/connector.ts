import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { type AddressProblem, addressProblem, type HostTrust } from "./address";
import type { Authorities } from "./certificates";

/** Hooks for tests: names and destinations that no real network has. */
export interface ConnectHooks {
  /** Addresses of a host name. Default: the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Where a connection really goes, once its addresses have passed. TLS still verifies the host's own name. */
  readonly route?: (hostname: string, port: number, address: string) => { host: string; port: number } | undefined;
}

/** A connection was refused because of where it would have gone. Its code is the outcome. */
export class RefusedAddressError extends Error {
  readonly code: AddressProblem["outcome"];

  constructor(code: AddressProblem["outcome"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A connector that resolves a host once, checks every address, and connects to a checked one: between check and connection
 * nothing is resolved again. Every new connection passes here, so a name that changes its address is checked again.
 */
export function checkedConnector(
  trust: HostTrust,
  authorities: (() => Authorities) | undefined,
  timeout: number,
  hooks: ConnectHooks,
): buildConnector.connector {
  let connector: buildConnector.connector | undefined;
  const connect: buildConnector.connector = (options, callback) => {
    connector ??= buildConnector({ timeout, ...authorities?.() });
    connector(options, callback);
  };
  return (options, callback) => {
    const hostname = options.hostname.replace(/^\[|\]$/g, "");
    checkedAddresses(hostname, trust, hooks).then(
      (addresses) => {
        const servername = isIP(hostname) ? {} : { servername: options.servername || hostname };
        const tryNext = (index: number): void => {
          const port = Number(options.port || (options.protocol === "https:" ? 443 : 80));
          const address = addresses[index] ?? hostname;
          const target = hooks.route?.(hostname, port, address) ?? { host: address, port };
          connect({ ...options, ...servername, hostname: target.host, port: String(target.port) }, (error, socket) => {
            if (!error && socket) callback(null, socket);
            else if (index + 1 < addresses.length && isConnectFailure(error)) tryNext(index + 1);
            else callback(error ?? new Error("no connection"), null);
          });
        };
        tryNext(0);
      },
      (error: Error) => callback(error, null),
    );
  };
}

async function checkedAddresses(hostname: string, trust: HostTrust, hooks: ConnectHooks): Promise<readonly string[]> {
  const addresses = isIP(hostname)
    ? [hostname]
    : hooks.resolve
      ? await hooks.resolve(hostname)
      : (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);
  const problems = addresses.map((address) => addressProblem(address, hostname, trust));
  const allowed = addresses.filter((_, index) => problems[index] === undefined);
  if (allowed.length === 0) {
    const problem = problems.find((one) => one?.outcome === "private-address") ?? problems[0];
    throw new RefusedAddressError(
      problem?.outcome ?? "blocked-address",
      `${hostname} ${problem?.text ?? "has no address"}`,
    );
  }
  return allowed;
}

/** Whether another address of the host may still answer; a bad certificate would be bad there too. */
function isConnectFailure(error: Error | null): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "EADDRNOTAVAIL";
}
