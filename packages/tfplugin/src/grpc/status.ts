/** Status codes of gRPC that this server sends. */
export const Status = {
  OK: 0,
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
} as const;

/** An answer that is no message but a status. */
export class GrpcError extends Error {
  readonly code = "GRPC_STATUS";
  override readonly name = "GrpcError";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The message as `grpc-message` carries it: percent-encoded UTF-8 (gRPC over HTTP/2, "Status-Message"). */
export function encodeStatusMessage(message: string): string {
  let text = "";
  for (const byte of Buffer.from(message, "utf8")) {
    text +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}
