import type { Discovered, StoredGateway } from "../store/records";

const timeoutMs = 3000;

/** Reads the issuer's metadata as a service would; an empty answer when there is none to be had. */
export async function discoverMetadata(gateway: StoredGateway): Promise<Discovered> {
  for (const address of addresses(gateway)) {
    const document = await fetchJson(address);
    if (typeof document?.issuer === "string") return found(address, document);
  }
  return {};
}

function addresses(gateway: StoredGateway): string[] {
  if (gateway.metadataUrl !== undefined) return [gateway.metadataUrl];
  const server = gateway.authorizationServerUrl;
  if (server === undefined) return [];
  if (server.includes("/.well-known/")) return [server];
  const { origin, pathname } = new URL(server);
  const path = pathname.replace(/\/$/, "");
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/oauth-authorization-server`,
  ];
}

async function fetchJson(address: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function found(address: string, document: Record<string, unknown>): Discovered {
  return {
    metadataUrl: address,
    ...text("issuer", document.issuer),
    ...text("authorizationEndpoint", document.authorization_endpoint),
    ...text("tokenEndpoint", document.token_endpoint),
    ...text("registrationEndpoint", document.registration_endpoint),
  };
}

function text(name: string, value: unknown): Record<string, string> {
  return typeof value === "string" ? { [name]: value } : {};
}
