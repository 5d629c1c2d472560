// A program as a person keeps it: a few gateways and which servers use them, edited between the applies; and what others do at the API.
import type { Store } from "../../../packages/local-api/src/store/store";
import type { Random } from "./random";

export interface GatewayBlock {
  readonly name: string;
  readonly clientId?: string | undefined;
  readonly resource?: string | undefined;
  readonly description?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly settings?: Readonly<Record<string, string | number>> | undefined;
}

export interface AttachmentBlock {
  /** By its id or its slug. */
  readonly server: string;
  /** The address of the gateway's block. */
  readonly gateway: string;
  readonly publicId?: string | undefined;
}

export interface Program {
  readonly gateways: ReadonlyMap<string, GatewayBlock>;
  readonly attachments: ReadonlyMap<string, AttachmentBlock>;
}

export const issuer = "https://auth.example.invalid";

/** Servers that the program may attach; the last one is somebody else's. */
export const slugs = ["petalpal-api", "orders-api", "support-api", "billing-api"] as const;
export const othersSlug = "warehouse-api";
export const othersGateway = "Somebody else's";

export const idOf = (slug: string) => `srv_${slug.replaceAll("-", "_")}`;
export const slugOf = (server: string) => slugs.find((slug) => slug === server || idOf(slug) === server) ?? server;

const addresses = ["a", "b", "c"] as const;
const scopes = ["openid", "email", "profile", "orders.read"] as const;

export const emptyProgram: Program = { gateways: new Map(), attachments: new Map() };

/** One thing that a person edits. Undefined where there is nothing to edit in that way. */
type Edit = (program: Program, random: Random) => Program | undefined;

let names = 0;

const edits = {
  "a gateway more": ({ gateways, attachments }, random) => {
    const free = addresses.filter((address) => !gateways.has(address));
    if (free.length === 0) return undefined;
    const address = random.pick(free);
    return { attachments, gateways: new Map(gateways).set(address, newGateway(address, random)) };
  },
  "a gateway less": ({ gateways, attachments }, random) => {
    if (gateways.size === 0) return undefined;
    const address = random.pick([...gateways.keys()]);
    const left = [...gateways].filter(([other]) => other !== address);
    const [heir] = left;
    const kept = [...attachments].flatMap(([name, block]) => {
      if (block.gateway !== address) return [[name, block] as const];
      return heir && random.below(2) === 0 ? [[name, { ...block, gateway: heir[0] }] as const] : [];
    });
    return { gateways: new Map(left), attachments: new Map(kept) };
  },
  "a gateway edited": (program, random) =>
    withGateway(program, random, (block) => ({ ...block, ...random.pick(fieldEdits)(random) })),
  "a server attached": ({ gateways, attachments }, random) => {
    const taken = [...attachments.values()].map(({ server }) => slugOf(server));
    const free = slugs.filter((slug) => !taken.includes(slug));
    if (free.length === 0 || gateways.size === 0) return undefined;
    const slug = random.pick(free);
    const block = {
      server: random.pick([slug, idOf(slug)]),
      gateway: random.pick([...gateways.keys()]),
      publicId: random.pick([undefined, `gw_${slug}-chosen`]),
    };
    return { gateways, attachments: new Map(attachments).set(freshName(slug), block) };
  },
  "a server moved": (program, random) =>
    withAttachment(program, random, (block) => ({ ...block, gateway: random.pick([...program.gateways.keys()]) })),
  "a server detached": ({ gateways, attachments }, random) => {
    if (attachments.size === 0) return undefined;
    const name = random.pick([...attachments.keys()]);
    return { gateways, attachments: new Map([...attachments].filter(([other]) => other !== name)) };
  },
  "a route renamed": (program, random) =>
    withAttachment(program, random, (block) => ({
      ...block,
      publicId: `gw_${slugOf(block.server)}-${random.pick(["chosen", "other"])}`,
    })),
  "a server named otherwise": (program, random) =>
    withAttachment(program, random, (block) => {
      const slug = slugOf(block.server);
      return { ...block, server: block.server === slug ? idOf(slug) : slug };
    }),
  "an attachment's address renamed": ({ gateways, attachments }, random) => {
    if (attachments.size === 0) return undefined;
    const name = random.pick([...attachments.keys()]);
    const renamed = [...attachments].map(([other, block]) =>
      other === name ? ([freshName(slugOf(block.server)), block] as const) : ([other, block] as const),
    );
    return { gateways, attachments: new Map(renamed) };
  },
} as const satisfies Record<string, Edit>;

export type EditName = keyof typeof edits;

const fieldEdits: readonly ((random: Random) => Partial<GatewayBlock>)[] = [
  (random) => ({ clientId: random.pick([undefined, "one", "two"]) }),
  (random) => ({ resource: random.pick([undefined, "https://api.example.com", "https://api.example.com/v2"]) }),
  (random) => ({ description: random.pick([undefined, "For support.", "Two\nlines"]) }),
  (random) => ({ scopes: random.pick([undefined, ["openid"], ["openid", "email"], [...scopes]]) }),
  (random) => ({ settings: random.pick([undefined, { tier: "gold" }, { tier: "gold", quota: 3 }]) }),
];

function newGateway(address: string, random: Random): GatewayBlock {
  names += 1;
  const block: GatewayBlock = { name: `Gateway ${address} ${names}` };
  return { ...block, ...random.pick(fieldEdits)(random), ...random.pick(fieldEdits)(random) };
}

function freshName(slug: string): string {
  names += 1;
  return `${slug}-${names}`;
}

/** Names are counted from here on: a story begins with it, so that it replays. */
export function beginNames(): void {
  names = 0;
}

function withGateway(
  { gateways, attachments }: Program,
  random: Random,
  edit: (block: GatewayBlock) => GatewayBlock,
): Program | undefined {
  if (gateways.size === 0) return undefined;
  const [address, block] = random.pick([...gateways]);
  return { attachments, gateways: new Map(gateways).set(address, edit(block)) };
}

function withAttachment(
  { gateways, attachments }: Program,
  random: Random,
  edit: (block: AttachmentBlock) => AttachmentBlock,
): Program | undefined {
  if (attachments.size === 0) return undefined;
  const [name, block] = random.pick([...attachments]);
  return { gateways, attachments: new Map(attachments).set(name, edit(block)) };
}

const usual: readonly EditName[] = ["a gateway more", "a gateway edited", "a server attached", "a server attached"];

/** Edits a program in some ways, and says in which. */
export function edited(program: Program, random: Random, count: number): { program: Program; done: EditName[] } {
  let now = program;
  const done: EditName[] = [];
  for (let tries = 0; done.length < count && tries < 20; tries += 1) {
    const name = random.pick([...usual, ...(Object.keys(edits) as EditName[])]);
    const next = edits[name](now, random);
    if (!next) continue;
    now = next;
    done.push(name);
  }
  return { program: now, done };
}

/** What others do at the API between two applies. Says what they did; nothing where there is nothing to do it to. */
const meddlings: Record<string, (store: Store, random: Random) => boolean> = {
  "a field that no program names is set in a gateway": (store, random) => {
    const own = store.gateways().filter(({ name }) => name !== othersGateway);
    if (own.length === 0) return false;
    const { id, unknown } = random.pick(own);
    store.putGateway(id, { unknown: { ...unknown, branding: { colour: random.pick(["blue", "green"]) } } });
    return true;
  },
  "an attachment is given its own resource": (store, random) => {
    const own = store.attachments().filter(({ serverId }) => serverId !== idOf(othersSlug));
    if (own.length === 0) return false;
    const { serverId, gatewayId, unknown } = random.pick(own);
    store.attach(serverId, { gatewayId, unknown: { ...unknown, resource: "https://own.example.com" } });
    return true;
  },
  "the client is changed": (store, random) => {
    const own = store.gateways().filter(({ name }) => name !== othersGateway);
    if (own.length === 0) return false;
    store.putGateway(random.pick(own).id, { clientId: "by-hand" });
    return true;
  },
  "a server is detached": (store, random) => {
    const own = store.attachments().filter(({ serverId }) => serverId !== idOf(othersSlug));
    return own.length > 0 && store.detach(random.pick(own).serverId);
  },
  "a gateway with no servers is deleted": (store, random) => {
    const own = store
      .gateways()
      .filter(({ id, name }) => name !== othersGateway && store.attachmentsOf(id).length === 0);
    return own.length > 0 && store.deleteGateway(random.pick(own).id);
  },
};

export function meddle(store: Store, random: Random): string | undefined {
  const what = random.pick(Object.keys(meddlings));
  return meddlings[what]!(store, random) ? what : undefined;
}

/** What is there of others before the program, and must be there after it. */
export function addOthers(store: Store): void {
  const { id } = store.createGateway({
    name: othersGateway,
    authorizationServerUrl: "https://others.example.invalid",
    clientId: "theirs",
    unknown: { branding: { colour: "red" } },
  });
  store.attach(othersSlug, {
    gatewayId: id,
    publicId: "gw_theirs",
    unknown: { resource: "https://theirs.example.com" },
  });
}
