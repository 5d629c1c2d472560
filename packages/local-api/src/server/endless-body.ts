import type { ServerResponse } from "node:http";

/** A JSON array without an end, written only as fast as the reader reads, until it has gone. The head is sent already. */
export function endlessBody(response: ServerResponse): void {
  const piece = `"${"x".repeat(16 * 1024)}",`;
  response.write("[");
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
}
