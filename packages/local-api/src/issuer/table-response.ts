/** An answer of a table. What is left out is status 200, no headers, an empty body. */
export interface TableResponse {
  status?: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, with its media type; a text as it is. */
  body?: string | object;
  /** A 302 to this address. */
  redirect?: string;
  delayMs?: number;
  /** Never answered. */
  hang?: true;
  /** The connection is cut before a byte is sent. */
  cut?: true;
  /** A body without an end. */
  endless?: true;
  /** The body, that many bytes at a time. */
  drip?: { bytes: number; everyMs: number };
}

export interface TableRequest {
  method: string;
  /** Without the query. */
  path: string;
  search: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  at: number;
}

/** Fixed, or made for each request. */
export type TableAnswer = TableResponse | ((request: TableRequest) => TableResponse);

/** A page such as a proxy or a single-page application answers for every path. */
export const htmlPage: TableResponse = {
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><html><head><title>Welcome</title></head><body></body></html>\n",
};
