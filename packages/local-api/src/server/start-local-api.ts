import { createServer } from "node:http";
import { mergeBehaviour } from "../behaviour/merge-behaviour";
import { defaultBehaviour, type ServerBehaviour } from "../behaviour/switches";
import { Faults } from "../faults/faults";
import { PublicLeg } from "../public-leg/public-leg";
import { loadState, saveState } from "../store/persistence";
import type { Organization, State } from "../store/records";
import { type Seed, type SeedCredentials, seedState } from "../store/seed";
import { Store } from "../store/store";
import { handleRequest } from "./handle-request";
import { closeServer, listen } from "./listen";
import type { LoggedRequest } from "./request-log";

export interface LocalApiOptions {
  /** @default a free one */
  port?: number;
  /** @default `defaultBehaviour` */
  behaviour?: Partial<ServerBehaviour>;
  /** What is there at the start; ignored when `persistTo` names a file that exists. */
  seed?: Seed;
  /** A JSON file that every change is written to, and that the state is read from at the start. */
  persistTo?: string;
  tokens?: SeedCredentials;
  /** The address that documents name. @default the address that it listens at */
  baseUrl?: string;
}

/** A running API. Everything about it may be changed while it runs. */
export interface LocalApi {
  /** Such as `http://127.0.0.1:43210`. */
  readonly url: string;
  readonly accessToken: string;
  readonly apiKey: string;
  /** The first organization at the start. */
  readonly organization: Organization;
  /** The variables that a child process needs. */
  environment(): Record<"MCPSTACK_API_URL" | "MCPSTACK_ORG_ID" | "MCPSTACK_ACCESS_TOKEN" | "MCPSTACK_READ_LAG", string>;
  /** Every request so far, the oldest first. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  readonly store: Store;
  readonly faults: Faults;
  readonly publicLeg: PublicLeg;
  behaviour(): ServerBehaviour;
  /** Changes some switches; the others stay as they are. */
  setBehaviour(patch: Partial<ServerBehaviour>): void;
  /** Cuts what is open and frees the port. */
  close(): Promise<void>;
}

/** Starts the API on a loopback port. */
export async function startLocalApi(options: LocalApiOptions = {}): Promise<LocalApi> {
  const state = initialState(options);
  const { persistTo } = options;
  const save = (snapshot: () => State) => {
    if (persistTo !== undefined) saveState(persistTo, snapshot());
  };
  save(() => state);
  const store = new Store(state, save);
  let behaviour = mergeBehaviour(defaultBehaviour, options.behaviour ?? {});
  const requests: LoggedRequest[] = [];
  const faults = new Faults();
  const publicLeg = new PublicLeg();
  let url = "";
  const parts = {
    store,
    faults,
    publicLeg,
    behaviour: () => behaviour,
    baseUrl: () => options.baseUrl?.replace(/\/$/, "") ?? url,
    log: (entry: LoggedRequest) => requests.push(entry),
  };
  const server = createServer((request, response) => {
    // A caller that goes away in the middle of its request is no concern of anybody's.
    handleRequest(parts, request, response).catch(() => response.destroy());
  });
  // Longer than any client keeps an idle connection, so that it is always the client who closes it.
  server.keepAliveTimeout = 60_000;
  url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const organization = structuredClone(first(state.organizations));
  const accessToken = first(state.credentials.filter((one) => one.label === "access-token")).secret;
  const apiKey = first(state.credentials.filter((one) => one.label === "api-key")).secret;
  return {
    url,
    accessToken,
    apiKey,
    organization,
    environment: () => ({
      MCPSTACK_API_URL: url,
      MCPSTACK_ORG_ID: organization.id,
      MCPSTACK_ACCESS_TOKEN: accessToken,
      // Where nothing lags there is nothing to wait for.
      MCPSTACK_READ_LAG: behaviour.readLag + behaviour.listLag + behaviour.attachLag > 0 ? "30" : "0",
    }),
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    store,
    faults,
    publicLeg,
    behaviour: () => behaviour,
    setBehaviour: (patch) => {
      behaviour = mergeBehaviour(behaviour, patch);
    },
    close: () => closeServer(server),
  };
}

function initialState(options: LocalApiOptions): State {
  const kept = options.persistTo === undefined ? undefined : loadState(options.persistTo);
  if (kept === undefined) return seedState(options.seed ?? {}, options.tokens ?? {});
  const { accessToken, apiKey } = options.tokens ?? {};
  for (const credential of kept.credentials) {
    if (credential.label === "access-token") credential.secret = accessToken ?? credential.secret;
    if (credential.label === "api-key") credential.secret = apiKey ?? credential.secret;
  }
  return kept;
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error("the state has no organization or no credential");
  return one;
}
