import { generateKeyPairSync } from "node:crypto";
import type { Call } from "../routes/call";
import { json, type Reply } from "../routes/reply";
import { routeAddresses } from "../routes/route-addresses";
import { authorize, callback, type LegCall, register, token } from "./authorization";
import { authorizationServerMetadata, protectedResourceMetadata } from "./documents";
import type { PublicLegFlaw } from "./flaws";
import { mcp } from "./mcp";
import { Sessions } from "./sessions";

const base = "/api/v1/gateway/";

const notFound = json(404, { error: "not_found", error_description: "There is no such route." });
const html: Reply = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: "<!doctype html><title>App</title>",
};

/** The routes of attached servers, and what a test has made wrong with them. */
export class PublicLeg {
  readonly #sessions = new Sessions();
  readonly #flaws: { flaw: PublicLegFlaw; publicId: string | undefined }[] = [];
  #keys: object | undefined;

  /** Makes something wrong, with every route or with one. */
  plant(flaw: PublicLegFlaw, publicId?: string): void {
    this.#flaws.push({ flaw, publicId });
  }

  /** Takes away all that was planted. */
  heal(): void {
    this.#flaws.length = 0;
  }

  /** The answer to a call of a public leg; undefined when the path is none of it. */
  answer(call: Call): Reply | undefined {
    const place = placeOf(call);
    if (place === undefined) return undefined;
    const attachment = call.store.attachmentByPublicId(place.publicId);
    const gateway = attachment && call.store.gateway(attachment.gatewayId);
    if (attachment === undefined || gateway === undefined) return notFound;
    const flaws = new Set(
      this.#flaws.filter((one) => (one.publicId ?? place.publicId) === place.publicId).map((one) => one.flaw),
    );
    const route = routeAddresses(call.baseUrl, place.publicId);
    const leg: LegCall = { call, route, attachment, gateway, sessions: this.#sessions };
    return place.below.startsWith(".well-known/")
      ? this.#document(place.below, leg, flaws)
      : operation(place.below, leg, flaws);
  }

  #document(below: string, { route, gateway }: LegCall, flaws: ReadonlySet<PublicLegFlaw>): Reply {
    if (flaws.has("metadata-404")) return notFound;
    if (flaws.has("metadata-html")) return html;
    switch (below) {
      case ".well-known/oauth-protected-resource":
        return json(200, protectedResourceMetadata(route, gateway, flaws));
      case ".well-known/oauth-authorization-server":
      case ".well-known/openid-configuration":
        return json(200, authorizationServerMetadata(route, gateway, flaws));
      case ".well-known/jwks.json":
        return json(200, flaws.has("empty-keys") ? { keys: [] } : this.#keySet());
      default:
        return notFound;
    }
  }

  #keySet(): object {
    if (this.#keys === undefined) {
      const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      this.#keys = { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "ES256", kid: "public-leg" }] };
    }
    return this.#keys;
  }
}

function operation(below: string, leg: LegCall, flaws: ReadonlySet<PublicLegFlaw>): Reply {
  switch (`${leg.call.method} ${below}`) {
    case "GET authorize":
      return authorize(leg);
    case "POST token":
      return token(leg);
    case "POST register":
      return register(leg);
    case "GET oauth/callback":
      return callback();
    default:
      return below === "mcp" ? mcp(leg, flaws) : notFound;
  }
}

/** Which route a path belongs to, and what of it: below the route itself, or path-inserted where that is served. */
function placeOf(call: Call): { publicId: string; below: string } | undefined {
  if (call.path.startsWith(base)) {
    const [publicId = "", ...below] = call.path.slice(base.length).split("/");
    return { publicId: decode(publicId), below: below.join("/") };
  }
  if (call.behaviour.wellKnownInserted === "absent") return undefined;
  const inserted = /^\/(\.well-known\/[\w-]+)\/api\/v1\/gateway\/([^/]+)(\/mcp)?$/.exec(call.path);
  const [, document = "", publicId = "", mcpPath] = inserted ?? [];
  // RFC 9728 §3.1 inserts before the path of the resource, RFC 8414 §3.1 before that of the issuer.
  const fits = document.endsWith("oauth-protected-resource") === (mcpPath !== undefined);
  return inserted !== null && fits ? { publicId: decode(publicId), below: document } : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}
