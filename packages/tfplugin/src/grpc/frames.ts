import { GrpcError, Status } from "./status";

/** The largest message taken: what Terraform's own clients take is 64 MiB and more. */
export const MAX_MESSAGE = 256 * 1024 * 1024;

/** A message with gRPC's prefix: not compressed, its length in four bytes. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(5 + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, 5);
  return framed;
}

/** Cuts a request's body into its messages. */
export function unframe(body: Buffer): Uint8Array[] {
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    if (body.length - at < 5) throw new GrpcError(Status.INTERNAL, "The request ends within a message's prefix.");
    if (body[at] !== 0) throw new GrpcError(Status.UNIMPLEMENTED, "Compressed messages are not understood.");
    const size = body.readUInt32BE(at + 1);
    if (size > body.length - at - 5) throw new GrpcError(Status.INTERNAL, "The request ends within a message.");
    messages.push(body.subarray(at + 5, at + 5 + size));
    at += 5 + size;
  }
  return messages;
}
