import { originOf, parseUrl } from "@mcpstack/model";

/** Where a document can be, in the order of trying. */
export interface Candidate {
  readonly url: string;
  readonly form: CandidateForm;
}

/** `exact`: the program gave the address. The others say how the well-known path was put together with the issuer's. */
export type CandidateForm = "exact" | "inserted-oauth" | "inserted-openid" | "appended-openid" | "appended-oauth";

const oauth = "/.well-known/oauth-authorization-server";
const openid = "/.well-known/openid-configuration";
const resourcePath = "/.well-known/oauth-protected-resource";

/**
 * Where the metadata of an issuer may be (RFC 8414 §§3.1, 5; OpenID Connect Discovery §4.1; oauth-findings, "Finding the documents"). Nowhere for
 * what is no URL with a host.
 */
export function authorizationServerCandidates(issuer: string): readonly Candidate[] {
  if (originOf(issuer) === undefined) return [];
  const { origin, path } = parts(issuer);
  if (path === "")
    return [
      { url: `${origin}${oauth}`, form: "inserted-oauth" },
      { url: `${origin}${openid}`, form: "inserted-openid" },
    ];
  return [
    { url: `${origin}${oauth}${path}`, form: "inserted-oauth" },
    { url: `${origin}${openid}${path}`, form: "inserted-openid" },
    { url: `${origin}${path}${openid}`, form: "appended-openid" },
    { url: `${origin}${path}${oauth}`, form: "appended-oauth" },
  ];
}

/** Whether what was given as an issuer is itself the address of a discovery document. */
export function isMetadataAddress(url: string): boolean {
  return parseUrl(url)?.pathname.includes("/.well-known/") === true;
}

/** Whether an address is that of a protected resource's metadata (RFC 9728 §3.1). */
export function isResourceMetadataAddress(url: string): boolean {
  return parseUrl(url)?.pathname.includes(resourcePath) === true;
}

/** The issuer whose document an address is, as far as the address tells: the well-known part taken out. */
export function issuerOfMetadataAddress(address: string): string | undefined {
  const url = parseUrl(address);
  if (!url) return undefined;
  const { origin, pathname } = url;
  const match = /^(.*?)\/\.well-known\/(?:oauth-authorization-server|openid-configuration)(\/.*)?$/.exec(pathname);
  if (!match) return undefined;
  return `${origin}${match[1] ?? ""}${(match[2] ?? "").replace(/\/$/, "")}`;
}

/** The issuer that a profile means: its authorization server URL, or what is left of a discovery document's address. */
export function expectedIssuer(authorizationServerUrl: string): string {
  if (!isMetadataAddress(authorizationServerUrl)) return authorizationServerUrl;
  return issuerOfMetadataAddress(authorizationServerUrl) ?? authorizationServerUrl;
}

export type ResourceForm = "challenge" | "inserted" | "root" | "appended";

export interface ResourceCandidate {
  readonly url: string;
  readonly form: ResourceForm;
  /** The identifier that a document at that address is about (RFC 9728 §3.3). */
  readonly resource: string;
}

/** Where the metadata of a protected resource may be when no challenge says so (RFC 9728 §3.1). */
export function protectedResourceCandidates(resource: string): readonly ResourceCandidate[] {
  const { origin, path, written } = parts(resource);
  if (path === "") return [{ url: `${origin}${resourcePath}`, form: "inserted", resource }];
  return [
    { url: `${origin}${resourcePath}${written}`, form: "inserted", resource },
    // Only a slash that follows the host is taken off (RFC 9728 §3.1); servers that take off any other too come second.
    ...(written === path ? [] : [{ url: `${origin}${resourcePath}${path}`, form: "inserted" as const, resource }]),
    { url: `${origin}${resourcePath}`, form: "root", resource: origin },
    { url: `${origin}${path}${resourcePath}`, form: "appended", resource },
  ];
}

function parts(url: string): { readonly origin: string; readonly path: string; readonly written: string } {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname.replace(/\/+$/, ""), written: pathname };
}
