import { BodyTooLarge } from "./failure";

/** Reads a body as UTF-8 text; throws `BodyTooLarge` as soon as it is known to pass the limit in bytes. */
export async function readBody(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  declaredLength: string | string[] | undefined,
  limit: number,
): Promise<string> {
  if (typeof declaredLength === "string" && Number(declaredLength) > limit) {
    body.destroy();
    throw new BodyTooLarge(limit);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an error destroys the body, and the connection with it.
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString("utf8");
}
