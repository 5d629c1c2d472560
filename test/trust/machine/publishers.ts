// Who publishes metadata: three issuers and two protected resources, in memory.
import type { AcceptedMetadata } from "@mcpstack/model";
import type { IssuerChoice, MetadataReader } from "@mcpstack/oauth-metadata";
import { type Answered, askingReader } from "../../../packages/oauth-metadata/src/testing/map-reader";

export const issuerNames = ["a", "b", "c"] as const;
export type IssuerName = (typeof issuerNames)[number];

/** Where a URL may be. `own` is the issuer's origin; the first three belong to providers, the others to somebody else. */
export const places = ["own", "tokens", "keys", "evil", "evil2"] as const;
export type Place = (typeof places)[number];

export const originOfPlace: Readonly<Record<Exclude<Place, "own">, string>> = {
  tokens: "https://tokens.example",
  keys: "https://keys.example",
  evil: "https://evil.example",
  evil2: "https://evil2.example",
};

/** Issuer identifiers as the programs name them; one is at a path. */
export const identifierOf: Readonly<Record<IssuerName, string>> = {
  a: "https://a.example",
  b: "https://b.example/realms/x",
  c: "https://c.example",
};
const ownOrigin: Readonly<Record<IssuerName, string>> = {
  a: "https://a.example",
  b: "https://b.example",
  c: "https://c.example",
};

export const urlFields = ["authorizationEndpoint", "tokenEndpoint", "registrationEndpoint", "jwksUri"] as const;
export type UrlField = (typeof urlFields)[number];

export type PublishedUrl = `${Place}/${1 | 2}` | "absent";
export type Issuer = Readonly<Record<UrlField, PublishedUrl>> & {
  readonly answers: "found" | "missing" | "down";
  readonly issuer: "own" | "slash" | "evil" | "b";
  readonly methods: "S256" | "absent";
};

const plain: Issuer = {
  answers: "found",
  issuer: "own",
  authorizationEndpoint: "own/1",
  tokenEndpoint: "own/1",
  registrationEndpoint: "absent",
  jwksUri: "own/1",
  methods: "S256",
};

const firstOf: Readonly<Record<IssuerName, Issuer>> = {
  a: { ...plain, jwksUri: "keys/1" },
  // As Google has it: tokens and keys are at other origins than the issuer.
  b: { ...plain, tokenEndpoint: "tokens/1", jwksUri: "keys/1" },
  c: plain,
};

export const resourceNames = ["r1", "r2"] as const;
export type ResourceName = (typeof resourceNames)[number];
export type Resource = "itself" | "slash" | "evil" | "missing" | "down";
export const resourceIdentifier: Readonly<Record<ResourceName, string>> = {
  r1: "https://r1.example",
  r2: "https://r2.example/api",
};

export interface Chosen {
  readonly answers: Issuer["answers"];
  /** Where it is found. */
  readonly metadata?: AcceptedMetadata;
}

/** Documents by what they say, so that each is parsed once, however many runs see it. */
const interned = new Map<string, Readonly<Record<string, unknown>>>();
function intern(document: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const key = JSON.stringify(document);
  const known = interned.get(key);
  if (known) return known;
  interned.set(key, document);
  return document;
}

const missing: Answered = { outcome: "not-found", status: 404 };
const down: Answered = { outcome: "timeout" };

const keys: Answered = {
  outcome: "found",
  status: 200,
  object: intern({ keys: [{ kty: "RSA", kid: "1", use: "sig", alg: "RS256", n: "AQAB", e: "AQAB" }] }),
};

function isDocument(name: IssuerName, pathname: string): boolean {
  if (pathname === "/doc") return true;
  const below = new URL(identifierOf[name]).pathname.replace(/\/$/, "");
  return pathname === `/.well-known/oauth-authorization-server${below}`;
}

/** An issuer as it is now, and what that comes to. */
interface Publication {
  readonly published: Issuer;
  readonly metadata: AcceptedMetadata;
  readonly answer: Answered;
}

const publications = new Map<string, Publication>();
function publicationOf(name: IssuerName, published: Issuer): Publication {
  const key = JSON.stringify([name, published]);
  const known = publications.get(key);
  if (known) return known;
  const metadata = metadataOf(name, published);
  const object = intern({
    issuer: metadata.issuer,
    authorization_endpoint: metadata.authorizationEndpoint,
    token_endpoint: metadata.tokenEndpoint,
    registration_endpoint: metadata.registrationEndpoint,
    jwks_uri: metadata.jwksUri,
    code_challenge_methods_supported: metadata.codeChallengeMethods,
    response_types_supported: ["code"],
  });
  const made = { published, metadata, answer: { outcome: "found", status: 200, object } } as const;
  publications.set(key, made);
  return made;
}

function metadataOf(name: IssuerName, published: Issuer): AcceptedMetadata {
  const identifier = identifierOf[name];
  const issuer = { own: identifier, slash: `${identifier}/`, evil: originOfPlace.evil, b: identifierOf.b };
  const urls = urlFields.flatMap((field) => {
    const at = published[field];
    return at === "absent" ? [] : [[field, urlAt(name, field, at)]];
  });
  return {
    issuer: issuer[published.issuer],
    ...Object.fromEntries(urls),
    ...(published.methods === "absent" ? {} : { codeChallengeMethods: [published.methods] }),
  };
}

const pathOf = {
  authorizationEndpoint: "authorize",
  tokenEndpoint: "token",
  registrationEndpoint: "register",
  jwksUri: "keys",
};

function urlAt(name: IssuerName, field: UrlField, at: Exclude<PublishedUrl, "absent">): string {
  const [place, version] = at.split("/") as [Place, string];
  return `${place === "own" ? ownOrigin[name] : originOfPlace[place]}/${pathOf[field]}${version}`;
}

const atFirst: Readonly<Record<IssuerName, Publication>> = {
  a: publicationOf("a", firstOf.a),
  b: publicationOf("b", firstOf.b),
  c: publicationOf("c", firstOf.c),
};

/** What everybody publishes now. */
export class Publishers {
  #issuers: Readonly<Record<IssuerName, Publication>> = atFirst;
  #resources: Readonly<Record<ResourceName, Resource>> = { r1: "itself", r2: "itself" };

  move(name: IssuerName, change: Partial<Issuer>): void {
    const published = { ...this.#issuers[name].published, ...change };
    this.#issuers = { ...this.#issuers, [name]: publicationOf(name, published) };
  }

  moveResource(name: ResourceName, to: Resource): void {
    this.#resources = { ...this.#resources, [name]: to };
  }

  /** A reader as a process of a provider makes one, without a network. */
  reader(): MetadataReader {
    return askingReader(async (url) => this.#answer(url)) as MetadataReader;
  }

  /** What is published at the document that a program chooses. */
  chosen({ authorizationServerUrl, metadataUrl }: IssuerChoice): Chosen {
    const host = new URL(metadataUrl ?? authorizationServerUrl).hostname;
    const name = issuerNames.find((one) => new URL(ownOrigin[one]).hostname === host);
    if (!name) return { answers: "missing" };
    const { published, metadata } = this.#issuers[name];
    return published.answers === "found" ? { answers: "found", metadata } : { answers: published.answers };
  }

  resourceAnswer(identifier: string | undefined): Resource | "nobody" {
    const name = resourceNames.find((one) => identifier?.startsWith(resourceIdentifier[one]));
    return name === undefined ? "nobody" : this.#resources[name];
  }

  #answer(url: string): Answered {
    const { origin, pathname } = new URL(url);
    if (pathname.startsWith("/keys")) return keys;
    const resource = resourceNames.find((name) => new URL(resourceIdentifier[name]).origin === origin);
    if (resource) return this.#resourceAnswer(resource, pathname);
    const issuer = issuerNames.find((name) => ownOrigin[name] === origin);
    if (!issuer) return missing;
    const { published, answer } = this.#issuers[issuer];
    if (published.answers === "down") return down;
    return published.answers === "missing" || !isDocument(issuer, pathname) ? missing : answer;
  }

  #resourceAnswer(name: ResourceName, pathname: string): Answered {
    const published = this.#resources[name];
    if (published === "down") return down;
    if (published === "missing" || !pathname.includes("/.well-known/oauth-protected-resource")) return missing;
    const identifier = resourceIdentifier[name];
    const says = { itself: identifier, slash: `${identifier}/`, evil: "https://evil.example/api" }[published];
    return { outcome: "found", status: 200, object: intern({ resource: says }) };
  }
}
