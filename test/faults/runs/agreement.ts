// What must hold after every story: program, state and API agree, and what is not the program's is as it was.
import { isEmpty, sameJson } from "@mcpstack/model";
import type { Attachment, StoredGateway } from "../../../packages/local-api/src/store/records";
import type { Store } from "../../../packages/local-api/src/store/store";
import { type GatewayBlock, idOf, issuer, othersGateway, othersSlug, type Program, slugOf } from "./program";

export const rules = {
  "agrees with the program": "the API holds what the program says",
  twice: "nothing is there twice",
  orphaned: "nothing is orphaned without being named",
  "others keep theirs": "nothing of others is lost",
  "state is readable": "the state can be read and planned from",
  "converges at once": "one further apply without faults succeeds",
  "plans empty": "the plan after it is empty",
} as const;
export type Rule = keyof typeof rules;

export class Broken extends Error {
  override readonly name = "Broken";
  constructor(
    readonly rule: Rule,
    readonly detail: string,
  ) {
    super(`${rules[rule]}: ${detail}`);
  }
}

/** What somebody else has set, and what must still be there. */
export class Others {
  readonly #store: Store;
  readonly #gateway: StoredGateway;
  readonly #attachment: Attachment;
  readonly #branding = new Map<string, unknown>();
  readonly #resources = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
    this.#gateway = structuredClone(store.gatewayByName(othersGateway)!);
    this.#attachment = structuredClone(store.attachment(othersSlug)!);
  }

  /** What is there now is to stay, for as long as the thing that it belongs to. */
  remember(): void {
    for (const { id, unknown } of this.#store.gateways())
      if (unknown.branding) this.#branding.set(id, structuredClone(unknown.branding));
    for (const { serverId, createdOn, unknown } of this.#store.attachments())
      if (unknown?.resource) this.#resources.set(serverId, createdOn);
  }

  assertKept(): void {
    const { serviced: _, ...gateway } = this.#store.gateway(this.#gateway.id) ?? ({} as Partial<StoredGateway>);
    const { serviced: __, ...before } = this.#gateway;
    if (before.clientId !== gateway.clientId || !sameJson(before.unknown.branding, gateway.unknown?.branding))
      throw new Broken("others keep theirs", `the gateway ${before.id} is ${JSON.stringify(gateway)}`);
    const attachment = this.#store.attachment(othersSlug);
    if (!sameJson({ ...attachment }, { ...this.#attachment }))
      throw new Broken("others keep theirs", `the attachment of ${othersSlug} is ${JSON.stringify(attachment)}`);
    for (const [id, branding] of this.#branding) {
      const own = this.#store.gateway(id);
      if (own && !sameJson(own.unknown.branding, branding))
        throw new Broken("others keep theirs", `branding of ${id} is ${JSON.stringify(own.unknown.branding)}`);
    }
    for (const [serverId, createdOn] of this.#resources) {
      const own = this.#store.attachment(serverId);
      if (own?.createdOn === createdOn && !own.unknown?.resource)
        throw new Broken("others keep theirs", `the resource of the attachment of ${serverId}`);
    }
  }
}

/** Gateways that no state knows, and that nobody else made. */
export function orphans(store: Store, known: readonly string[]): StoredGateway[] {
  return store.gateways().filter(({ id, name }) => name !== othersGateway && !known.includes(id));
}

/**
 * @param ids - of the gateways in the state, by the addresses of their blocks.
 * @param keepsDropped - whether the service keeps a setting that it was told to drop.
 */
export function assertAgreement(
  store: Store,
  program: Program,
  ids: ReadonlyMap<string, string>,
  { keepsDropped }: { keepsDropped: boolean },
): void {
  const known = [...ids.values()];
  const left = orphans(store, known);
  const twin = left.find(({ name }) => [...program.gateways.values()].some((block) => block.name === name));
  if (twin) throw new Broken("twice", `${twin.id} ${JSON.stringify(twin.name)} beside the one of the state`);
  if (left.length > 0)
    throw new Broken("orphaned", left.map(({ id, name }) => `${id} ${JSON.stringify(name)}`).join(", "));
  if (ids.size !== program.gateways.size)
    throw new Broken(
      "agrees with the program",
      `${ids.size} gateways in the state, ${program.gateways.size} in the program`,
    );
  for (const [address, block] of program.gateways) {
    const gateway = store.gateway(ids.get(address) ?? "");
    if (!gateway) throw new Broken("agrees with the program", `gateway.${address} is not there`);
    const differing = differences(gateway, block, keepsDropped);
    if (differing.length > 0)
      throw new Broken("agrees with the program", `gateway.${address} (${gateway.id}): ${differing.join(", ")}`);
  }
  const attachments = [...program.attachments.values()];
  for (const { serverId, gatewayId } of store.attachments()) {
    if (serverId === idOf(othersSlug)) continue;
    if (!attachments.some(({ server }) => idOf(slugOf(server)) === serverId))
      throw new Broken("orphaned", `the server ${serverId} is attached to ${gatewayId}, and no program says so`);
  }
  for (const [name, { server, gateway, publicId }] of program.attachments) {
    const attachment = store.attachment(server);
    const is = `attachment.${name} is ${JSON.stringify(attachment)}`;
    if (attachment?.gatewayId !== ids.get(gateway)) throw new Broken("agrees with the program", is);
    if (publicId !== undefined && attachment?.publicId !== publicId) throw new Broken("agrees with the program", is);
  }
}

function differences(gateway: StoredGateway, block: GatewayBlock, keepsDropped: boolean): string[] {
  const texts = (["name", "clientId", "resource", "description"] as const).filter((field) =>
    isEmpty(block[field]) ? !isEmpty(gateway[field]) : gateway[field] !== block[field],
  );
  const scopes = sameJson([...(gateway.scopes ?? [])].sort(), [...(block.scopes ?? [])].sort()) ? [] : ["scopes"];
  const settings = ["tier", "quota"].filter((key) => {
    const wanted = block.settings?.[key];
    const found = gateway.unknown[key];
    if (wanted === undefined) return !keepsDropped && found !== undefined && found !== null;
    return String(found) !== String(wanted);
  });
  const url = gateway.authorizationServerUrl === issuer ? [] : ["authorizationServerUrl"];
  return [...texts, ...scopes, ...settings, ...url].map(
    (field) =>
      `${field} is ${JSON.stringify((gateway as unknown as Record<string, unknown>)[field] ?? gateway.unknown[field])}`,
  );
}
