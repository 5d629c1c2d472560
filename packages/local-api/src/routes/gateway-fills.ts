import type { ServerBehaviour } from "../behaviour/switches";
import type { Attachment, Discovered, JsonObject, StoredGateway } from "../store/records";
import { routeAddresses } from "./route-addresses";

/** The profile fields that discovery can find. */
export const discoverable = ["metadataUrl", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const;

export interface FilledFields {
  /** Values for profile fields that nobody set. */
  unset: { [name: string]: string | undefined };
  /** Fields that a caller cannot set at all. */
  added: JsonObject;
}

/** What the service says about a gateway beyond what was written. */
export function filledFields(
  gateway: StoredGateway,
  fills: ServerBehaviour["fills"],
  baseUrl: string,
  attachments: readonly Attachment[],
): FilledFields {
  if (fills === "nothing") return { unset: {}, added: {} };
  const { issuer, ...endpoints } = fills === "discovered" ? (gateway.discovery ?? {}) : derived(gateway);
  const first = attachments[0];
  return {
    unset: endpoints,
    added: {
      ...(issuer === undefined ? {} : { issuer }),
      ...(first === undefined ? {} : { callbackUrl: routeAddresses(baseUrl, first.publicId).callbackUrl }),
      discovered: issuer !== undefined,
      manualOverrides: discoverable.filter((name) => gateway[name] !== undefined),
    },
  };
}

/** Addresses that look like discovered ones, made without asking anybody. */
function derived(gateway: StoredGateway): Discovered {
  const written = gateway.authorizationServerUrl;
  if (written === undefined) return {};
  const root = written.replace(/\/\.well-known\/.*$/, "").replace(/\/$/, "");
  return {
    issuer: root,
    metadataUrl: `${root}/.well-known/openid-configuration`,
    authorizationEndpoint: `${root}/authorize`,
    tokenEndpoint: `${root}/token`,
    registrationEndpoint: `${root}/register`,
  };
}
