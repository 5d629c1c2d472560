import { type AcceptedMetadata, callbackUrl, type GatewayProfile, originOf } from "@mcpstack/model";
import { namedBy, type ServerFacts } from "@mcpstack/oauth-metadata";
import { emptyInventory, type Inventory, type InventoryGateway, type InventoryRoute, type Source } from "../inventory";
import { acceptedOf, profileOf } from "./profile-of";
import { type JsonRecord, textOf } from "./read-json";

/** A resource of an engine's document; `values` are its attributes in the engine's spelling. */
export interface EngineResource {
  readonly kind: "gateway" | "attachment";
  readonly address: string;
  readonly values: JsonRecord;
  /** Attributes whose value the document keeps to itself. */
  readonly hidden?: readonly string[] | undefined;
  /** What the state had before, where the document is a plan. */
  readonly prior?: JsonRecord | undefined;
}

export interface EngineChoices {
  readonly policy?: InventoryGateway["policy"];
  readonly trustedOrigins?: readonly string[] | undefined;
}

/** The inventory of a state, a plan or a stack: gateways with what was accepted, and the public routes of their attachments. */
export function resourcesInventory(
  source: Source,
  resources: readonly EngineResource[],
  choices: EngineChoices = {},
): Inventory {
  const attachments = resources.filter(({ kind }) => kind === "attachment").map(attachmentOf);
  const unchecked: Inventory["unchecked"][number][] = [];
  const gateways = resources
    .filter(({ kind }) => kind === "gateway")
    .flatMap(({ address, values, hidden, prior }): InventoryGateway[] => {
      const profile = profileOf(values);
      const subject = { kind: "gateway" as const, address, name: textOf(values.name) };
      if (!profile) {
        unchecked.push({
          subject,
          reason: "Its authorization server URL is not known yet, or not written in the file.",
        });
        return [];
      }
      const id = textOf(values.id) ?? textOf(prior?.id);
      const accepted = acceptedOf(values.metadata) ?? acceptedOf(prior?.metadata);
      const servers = attachments.filter(({ gatewayId }) => gatewayId !== undefined && gatewayId === id);
      return [
        {
          subject,
          profile,
          ...(isClientTold(source, values, hidden) ? {} : { unknown: ["clientId" as const] }),
          programUrls: source.kind === "terraform-plan" ? namedBy(profile) : vouchedFor(profile, accepted),
          accepted,
          choice: acceptedOf(prior?.metadata) === undefined ? undefined : prior && profileOf(prior),
          servers: servers.map(({ facts }) => facts),
          ...choices,
        },
      ];
    });
  const addressOf = new Map(
    resources.flatMap(({ kind, address, values }) => {
      const id = textOf(values.id);
      return kind === "gateway" && id !== undefined ? [[id, address] as const] : [];
    }),
  );
  const routes = attachments.flatMap(({ address, mcpUrl, gatewayId }): InventoryRoute[] =>
    mcpUrl === undefined
      ? []
      : [
          {
            subject: { kind: "server", address },
            mcpUrl,
            programUrls: [],
            isGateway: true,
            gateway: gatewayId === undefined ? undefined : addressOf.get(gatewayId),
          },
        ],
  );
  return { ...emptyInventory, source, gateways, routes, unchecked };
}

/** Terraform writes every attribute that is known, null too; Pulumi leaves out what is not set, and this what is encrypted. */
function isClientTold({ kind }: Source, values: JsonRecord, hidden: readonly string[] = []): boolean {
  return kind === "pulumi-stack" ? !hidden.includes("clientId") : Object.hasOwn(values, "client_id");
}

/**
 * The URLs of a state that a program stands behind. A refresh may have brought into it what somebody set at the API; what was accepted, and
 * which origins are trusted, only an apply writes.
 */
function vouchedFor(profile: GatewayProfile, accepted: AcceptedMetadata | undefined): readonly string[] {
  // Where nothing was accepted yet, the issuer is all that there is to go by.
  const { authorizationServerUrl: issuer } = profile;
  const trusted = [...Object.values(accepted ?? { issuer }).flat(), ...(profile.trustedOrigins ?? [])];
  const origins = new Set(trusted.map((url) => originOf(String(url))));
  return [...namedBy(profile).filter((url) => origins.has(originOf(url))), ...(profile.trustedOrigins ?? [])];
}

function attachmentOf({ address, values }: EngineResource) {
  const of = (snake: string, camel: string) => textOf(values[snake]) ?? textOf(values[camel]);
  const mcpUrl = of("mcp_url", "mcpUrl");
  const publicId = of("public_id", "publicId");
  const route = mcpUrl?.match(/^(https?:\/\/[^?#]+)\/api\/v1\/gateway\/[^/?#]+\/mcp$/i)?.[1];
  const facts: ServerFacts = {
    id: of("server_id", "serverId") ?? address,
    ...(of("callback_url", "callbackUrl") === undefined ? {} : { callbackUrl: of("callback_url", "callbackUrl") }),
    ...(route !== undefined && publicId !== undefined ? { derivedCallbackUrl: callbackUrl(route, publicId) } : {}),
  };
  return { address, mcpUrl, gatewayId: of("gateway_id", "gatewayId"), facts };
}
