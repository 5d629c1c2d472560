import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { ServerBehaviour } from "../behaviour/switches";
import { answerFault } from "../faults/answer-fault";
import type { Faults } from "../faults/faults";
import type { PublicLeg } from "../public-leg/public-leg";
import { answerCall } from "../routes/answer-call";
import { credentialOf } from "../routes/authorize-call";
import type { Call } from "../routes/call";
import { json, type Reply } from "../routes/reply";
import type { Store } from "../store/store";
import { readBody } from "./read-body";
import { type LoggedRequest, loggedBody, redactHeaders } from "./request-log";

/** What a request needs to be answered. */
export interface Parts {
  store: Store;
  faults: Faults;
  publicLeg: PublicLeg;
  behaviour(): ServerBehaviour;
  baseUrl(): string;
  log(entry: LoggedRequest): void;
}

/** How many requests this process has answered, for their ids. */
let requests = 0;

export async function handleRequest(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = Date.now();
  requests += 1;
  response.setHeader("x-request-id", `req_${String(requests).padStart(6, "0")}`);
  const body = await readBody(request);
  const url = new URL(request.url ?? "/", "http://local");
  const method = request.method ?? "GET";
  const credential = credentialOf(request.headers, parts.store);
  const entry: LoggedRequest = {
    method,
    path: url.pathname,
    search: url.search,
    headers: redactHeaders(request.headers),
    authorized: credential !== undefined,
    ...(credential === undefined ? {} : { token: credential.label }),
    ...loggedBody(body ?? ""),
    at,
  };
  parts.log(entry);
  const strike = parts.faults.strike(method, url.pathname, url.search);
  if (strike !== undefined && strike.delayMs > 0) await wait(strike.delayMs, undefined, { ref: false });
  const call: Call = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: body ?? "",
    params: {},
    store: parts.store,
    behaviour: parts.behaviour(),
    baseUrl: parts.baseUrl(),
  };
  const reply = strike?.action !== undefined && !strike.performed ? undefined : await answer(parts, call, body);
  const status = strike?.action !== undefined ? answerFault(response, strike.action) : reply && send(response, reply);
  if (status !== undefined) entry.status = status;
}

async function answer(parts: Parts, call: Call, body: string | undefined): Promise<Reply> {
  if (body === undefined) return json(413, { error: "too_large", error_description: "The body is over 1 MiB." });
  try {
    return parts.publicLeg.answer(call) ?? (await answerCall(call));
  } catch (error) {
    return json(500, { error: "internal", error_description: String(error) });
  }
}

function send(response: ServerResponse, reply: Reply): number {
  const body = reply.body ?? "";
  const length = reply.status === 204 ? {} : { "content-length": String(Buffer.byteLength(body)) };
  response.writeHead(reply.status, { ...reply.headers, ...length });
  response.end(body);
  return reply.status;
}
