// The MCP Stack API with one gateway, in memory: what the program and people set, and what the service fills in beside it.
import { type ApiClient, ApiError, decodeGateway, type GatewayDocument } from "@mcpstack/api-client";
import {
  type Field,
  isEmpty,
  type JsonObject,
  type ObservedProfile,
  parseUrl,
  profileFields,
  type StoredField,
  storedFields,
} from "@mcpstack/model";
import type { Publishers } from "./publishers";

/** Where the API's public pages are silent. */
export interface Behaviour {
  /** What is filled into discoverable fields that nobody set. */
  readonly fills: "nothing" | "derived" | "discovered";
  /** Whether `manualOverrides` says what a person set; spelled as metadata spells it. */
  readonly told: boolean;
  readonly urls: "as-written" | "whatwg";
  /** What a PUT does to fields that its body leaves out. */
  readonly leftOut: "kept" | "cleared";
}

export const discoverable = ["metadataUrl", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint"] as const;
type Fill = { readonly [F in (typeof discoverable)[number]]?: string | undefined };

interface Stored {
  readonly id: string;
  readonly set: ObservedProfile;
  readonly discovered: Fill;
}

const from = { method: "GET", path: "/gateways" };

export class Service {
  #stored: Stored | undefined;
  #created = 0;
  /** Fields that somebody edited at the dashboard, and whether the service filled in anew, since a provider last wrote or took it over. */
  readonly touched = new Set<StoredField>();
  followed = false;
  /** Grows with every write of a provider. */
  writes = 0;
  /** The document as it is now, made once for many readers. */
  #read: { readonly of: Stored; readonly document: GatewayDocument } | undefined;

  constructor(
    readonly behaviour: Behaviour,
    readonly publishers: Publishers,
  ) {}

  get exists(): boolean {
    return this.#stored !== undefined;
  }

  /** What was set, by whomever; nothing that the service filled in. */
  get set(): ObservedProfile {
    return this.#stored?.set ?? {};
  }

  /** The profile as it answers it. */
  get observed(): ObservedProfile {
    return this.#stored ? this.#decoded().observed : {};
  }

  /** Somebody edits a field at the dashboard; undefined clears it. */
  edit(field: StoredField, value: string | readonly string[] | undefined): void {
    if (!this.#stored) return;
    this.#stored = { ...this.#stored, set: present({ ...this.#stored.set, [field]: value }) };
    this.touched.add(field);
  }

  /** The service reads the issuer again, without anybody having written anything. */
  follow(): void {
    if (!this.#stored) return;
    this.#stored = this.#discover(this.#stored);
    this.followed = true;
  }

  /** A provider has seen all that is there. */
  synced(): void {
    this.touched.clear();
    this.followed = false;
  }

  client(): ApiClient {
    const answer = () => this.#decoded();
    const client = {
      secrets: { add() {}, hide: (text: string) => text },
      organizationId: async () => "org",
      isOfAnotherOrganization: async () => false,
      listGateways: async () => ({ gateways: this.#stored ? [answer()] : [] }),
      getGateway: async () => answer(),
      createGateway: async (body: JsonObject) => {
        this.#created += 1;
        this.#stored = this.#discover({ id: `gw_${this.#created}`, set: written(body, {}), discovered: {} });
        this.#wrote();
        return answer();
      },
      updateGateway: async (_id: string, body: JsonObject) => {
        const before = this.#there();
        const base = this.behaviour.leftOut === "kept" ? before.set : {};
        this.#stored = this.#discover({ ...before, set: written(body, base) });
        this.#wrote();
        return answer();
      },
      deleteGateway: async () => {
        this.#there();
        this.#stored = undefined;
      },
    };
    return client as unknown as ApiClient;
  }

  #wrote(): void {
    this.writes += 1;
    this.synced();
  }

  #there(): Stored {
    if (this.#stored) return this.#stored;
    throw new ApiError({ code: "not_found", summary: "There is no such gateway." });
  }

  #decoded(): GatewayDocument {
    const of = this.#there();
    if (this.#read?.of !== of) this.#read = { of, document: decodeGateway(this.#document(of), from) };
    return this.#read.document;
  }

  #discover(stored: Stored): Stored {
    if (this.behaviour.fills !== "discovered") return stored;
    const { authorizationServerUrl = "", metadataUrl } = stored.set;
    const { metadata } = this.publishers.chosen({ authorizationServerUrl, metadataUrl });
    if (!metadata) return stored;
    const { authorizationEndpoint, tokenEndpoint, registrationEndpoint } = metadata;
    const document = metadataUrl ?? `${rootOf(authorizationServerUrl)}/.well-known/openid-configuration`;
    return {
      ...stored,
      discovered: { metadataUrl: document, authorizationEndpoint, tokenEndpoint, registrationEndpoint },
    };
  }

  #fill({ set: { authorizationServerUrl = "" }, discovered }: Stored): Fill {
    if (this.behaviour.fills === "discovered") return discovered;
    if (this.behaviour.fills === "nothing") return {};
    const root = rootOf(authorizationServerUrl);
    return {
      metadataUrl: `${root}/.well-known/openid-configuration`,
      authorizationEndpoint: `${root}/authorize`,
      tokenEndpoint: `${root}/token`,
      registrationEndpoint: `${root}/register`,
    };
  }

  #document(stored: Stored): JsonObject {
    const { fills, told, urls } = this.behaviour;
    const values = { ...present(this.#fill(stored)), ...stored.set };
    const shown = Object.entries(values).map(([name, value]) => [
      name,
      urls === "whatwg" && isUrlField(name) && parseUrl(value as string) ? new URL(value as string).href : value,
    ]);
    const manual = discoverable.filter((name) => stored.set[name] !== undefined);
    return {
      id: stored.id,
      ...Object.fromEntries(shown),
      ...(fills !== "nothing" && told ? { manualOverrides: manual.map(asMetadataSpellsIt) } : {}),
    };
  }
}

/** What a body sets: null clears, what is left out stays as in `base`. */
function written(body: JsonObject, base: ObservedProfile): ObservedProfile {
  const said = storedFields.flatMap((name) => {
    const { apiNames = [] }: Field = profileFields[name];
    const names = apiNames.filter((one) => one in body);
    return names.length === 0 ? [] : [[name, names.map((one) => body[one]).find((value) => !isEmpty(value))]];
  });
  return present({ ...base, ...Object.fromEntries(said) });
}

function present<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value))) as T;
}

function isUrlField(name: string): boolean {
  return name !== "scopes" && name in profileFields && profileFields[name as StoredField].meaning === "url";
}

function rootOf(authorizationServerUrl: string): string {
  return authorizationServerUrl.replace(/\/$/, "");
}

function asMetadataSpellsIt(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
