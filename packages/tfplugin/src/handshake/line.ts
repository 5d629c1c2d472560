import { PROTOCOL_VERSION } from "./negotiate";

/** Where the server listens, in Go's words. */
export interface ServerAddress {
  readonly network: "unix" | "tcp";
  readonly address: string;
}

/** The line of go-plugin's core protocol 1 by which the client finds the server. Base64 without padding, as Go writes it. */
export function handshakeLine(at: ServerAddress, certificate: Buffer | undefined): string {
  const encoded = certificate === undefined ? "" : certificate.toString("base64").replace(/=+$/, "");
  return `1|${PROTOCOL_VERSION}|${at.network}|${at.address}|grpc|${encoded}\n`;
}

/** The value of `TF_REATTACH_PROVIDERS` that makes Terraform use the running process. */
export function reattachConfig(providerAddress: string, at: ServerAddress, pid: number): string {
  return JSON.stringify({
    [providerAddress]: {
      Protocol: "grpc",
      ProtocolVersion: PROTOCOL_VERSION,
      Pid: pid,
      Test: true,
      Addr: { Network: at.network, String: at.address },
    },
  });
}
