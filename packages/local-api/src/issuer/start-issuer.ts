import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { usualForms, type WellKnownForm, wellKnownPath } from "./well-known";

export interface IssuerOptions {
  /** The issuer's path, such as `/realms/x`, without a slash at its end. @default none */
  path?: string;
  /** @default a free one */
  port?: number;
  /** The host that its URLs name: one that resolves to the loopback address. @default 127.0.0.1 */
  host?: string;
  /** PEM texts; the issuer is then an https one. */
  tls?: { key: string; cert: string };
  /** @default openid, profile, email, offline_access and the scopes of the seeded servers' tools */
  scopes?: string[];
  /** Registered clients, with the names of RFC 7591 §2. @default a public client `mcpstack-gateway` */
  clients?: Record<string, unknown>[];
  /** Whether dynamic registration (RFC 7591) is offered. @default true */
  registration?: boolean;
  /** @default `openid-appended` and `oauth-inserted` */
  wellKnown?: readonly WellKnownForm[];
  /** The program of its process. @default the one beside this file; for a bundle, which has no such file */
  program?: string;
}

export interface IssuerRequest {
  method: string;
  /** With the query. */
  path: string;
  status: number;
  at: number;
}

export interface Issuer {
  /** The issuer identifier, without a slash at its end. */
  readonly url: string;
  /** Every request so far; one stands here before its answer is complete. */
  readonly requests: readonly IssuerRequest[];
  clearRequests(): void;
  /** Ends its process. */
  close(): Promise<void>;
}

/** The issuer's process did not come up. */
export class IssuerStartError extends Error {
  readonly code = "LOCAL_ISSUER_START";
  override readonly name = "IssuerStartError";
}

const defaultScopes = [
  "openid",
  "profile",
  "email",
  "offline_access",
  "plants.read",
  "plants.write",
  "orders.read",
  "orders.write",
  "tickets.read",
  "tickets.write",
];

const defaultClients = [
  {
    client_id: "mcpstack-gateway",
    redirect_uris: ["http://127.0.0.1/callback"],
    token_endpoint_auth_method: "none",
    application_type: "native",
    grant_types: ["authorization_code", "refresh_token"],
  },
];

/** Starts an OpenID provider in a process of its own, which ends with this one. */
export async function startIssuer(options: IssuerOptions = {}): Promise<Issuer> {
  const child = fork(options.program ?? defaultProgram(), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const requests: IssuerRequest[] = [];
  const issuerPath = options.path?.replace(/\/$/, "") ?? "";
  const started = startedUrl(child);
  child.on("message", (message: { number?: number; request?: IssuerRequest }) => {
    if (message.request === undefined) return;
    requests.push(message.request);
    if (child.connected) child.send({ logged: message.number });
  });
  child.send({
    path: issuerPath,
    port: options.port ?? 0,
    host: options.host ?? "127.0.0.1",
    scopes: options.scopes ?? defaultScopes,
    clients: options.clients ?? defaultClients,
    registration: options.registration ?? true,
    wellKnown: (options.wellKnown ?? usualForms).map((form) => wellKnownPath(form, issuerPath)),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  });
  const url = await started;
  return {
    url,
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    close: () => end(child),
  };
}

/** The program is not compiled: it lies among the sources, whether this file runs from them or from `dist`. */
function defaultProgram(): string {
  const candidates = [
    path.join(__dirname, "oidc-process.mjs"),
    path.join(__dirname, "../../src/issuer/oidc-process.mjs"),
  ];
  const program = candidates.find((candidate) => existsSync(candidate));
  if (program === undefined) {
    throw new IssuerStartError("oidc-process.mjs is not beside this program: name it with the option `program`");
  }
  return program;
}

function startedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
      said = (said + piece).slice(-2000);
    });
    const fail = (why: string) => {
      child.kill();
      reject(new IssuerStartError(`the issuer did not start: ${why}${said === "" ? "" : `\n${said}`}`));
    };
    child.once("error", (error) => fail(error.message));
    child.once("exit", (status) => fail(`its process ended with status ${status}`));
    child.once("message", (message: { url?: string; error?: string }) => {
      if (message.url === undefined) fail(message.error ?? "it said nothing of its address");
      else resolve(message.url);
    });
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill();
  });
}
