import type { IncomingMessage } from "node:http";

const most = 1024 * 1024;

/** The request's body as text, or undefined when it is over 1 MiB. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (request.headers["content-length"] === undefined && request.headers["transfer-encoding"] === undefined) {
    request.resume();
    return "";
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= most) pieces.push(piece);
  }
  return size <= most ? Buffer.concat(pieces).toString("utf8") : undefined;
}
