import { type LocalApi, type LocalApiOptions, startLocalApi } from "../server/start-local-api";

/** An answer, read whole. `json` is undefined where the body is not JSON. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every form
  json: any;
  text: string;
  headers: Headers;
}

/** Starts an API that is closed after the test. */
export async function startForTest(options: LocalApiOptions = {}): Promise<LocalApi> {
  const api = await startLocalApi(options);
  opened.push(api);
  return api;
}

const opened: { close(): Promise<void> }[] = [];

export function closeAfterTest<T extends { close(): Promise<void> }>(thing: T): T {
  opened.push(thing);
  return thing;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((thing) => thing.close()));
});

/** A function that calls the API below its organization, with its access token unless the headers say otherwise. */
export function caller(api: LocalApi, headers: Record<string, string> = {}, organization = api.organization.id) {
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${api.url}/api/v1/organizations/${organization}${path}`, {
      method,
      headers: { authorization: `Bearer ${api.accessToken}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return answerOf(response);
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, text, headers: response.headers, json: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
