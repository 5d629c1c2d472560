import { compareIssuers, sameJson, withoutTrailingSlashes } from "@mcpstack/model";
import { issuerOfMetadataAddress } from "../discovery/well-known";
import { isEntraV1Issuer, isEntraV2Url } from "../products/recognize";
import { entraScopes, isGraph, isGraphPermission, isGuid, openid, scopesOf } from "./entra-scopes";
import { issuerToName, lesserBy } from "./public-address";
import { type Draft, published, quoted, report, type Step, unseen } from "./report";
import { isEntra, isEntraV1, type Subject, whose } from "./subject";

const path = ["resource"];

/** The resource identifier by itself (RFC 8707 §2), by the product's rules, and by what the resource publishes (RFC 9728). */
export const resourceRules = [form, auth0, entra, unusable, described, listed].map((rule) => (of: Subject): Draft[] => {
  const { resource } = of.profile;
  return resource === undefined ? [] : rule(of, resource);
});

function form(of: Subject, resource: string): Draft[] {
  const problem = problemOf(resource);
  if (problem === undefined) return [];
  const isText = problem.part === undefined;
  if (isText && takesAnyIdentifier(of, resource)) {
    return [
      report("resource-not-uri", {
        path,
        severity: "info",
        found: resource,
        summary: `The resource ${quoted(resource)} ${problem.said}. ${whose(of)} takes it as it is; clients and APIs that hold to RFC 8707 do not.`,
        fix: "Nothing, where the login succeeds.",
      }),
    ];
  }
  const isTaken = `takes this one, nothing is to be done. ${unseen("resource-not-uri")}`;
  return [
    report("resource-not-uri", {
      path,
      found: resource,
      summary: `The resource ${quoted(resource)} ${problem.said}. ${
        problem.part === "query"
          ? "A resource parameter should have none, though it may."
          : "A resource parameter must be an absolute URI without a fragment."
      }`,
      fix: [
        ...(problem.mended !== undefined
          ? [{ profile: { resource: problem.mended } }]
          : isGuid(resource) && (isEntra(of) || of.product === undefined)
            ? guidAsUri(of, resource)
            : []),
        // Whose GUID it is cannot be told, and a query is not forbidden.
        ...(problem.part === "query" || (isGuid(resource) && of.product === undefined)
          ? [`Where the provider ${isTaken}`]
          : []),
        {
          say: `Set resource to the URI form of the API's identifier, where the provider has one. Where it has none, and ${isTaken}`,
          otherwise: true,
        },
      ],
    }),
  ];
}

interface FormProblem {
  readonly said: string;
  /** What of a URI is the problem; undefined where it is none. */
  readonly part?: "fragment" | "query";
  readonly mended?: string;
}

/** A scheme, and no host with a port in its place; where the scheme is http's, a host (RFC 3986 §3, RFC 9110 §4.2.1). */
function problemOf(resource: string): FormProblem | undefined {
  const said = "is not an absolute URI";
  const [, scheme, rest] = /^(https?):(?!\/\/[^/?#])\/*(.*)$/i.exec(resource) ?? [];
  if (scheme !== undefined) {
    const why = `${said}: two slashes and a host come after ${quoted(`${scheme}:`)}`;
    return rest === "" ? { said: why } : { said: why, mended: `${scheme}://${rest}` };
  }
  if (/^[a-z0-9.-]+:\d{1,5}(?:[/?#]|$)/i.test(resource))
    return { said: `${said}, but a host and a port`, mended: `https://${resource}` };
  if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(resource)) return { said };
  const mended = resource.replace(/[?#].*$/, "");
  if (resource.includes("#")) return { said: "has a fragment", part: "fragment", mended };
  return resource.includes("?") ? { said: "has a query", part: "query", mended } : undefined;
}

/** Whether a product is known to take identifiers that are no URIs: Auth0's may be any text, Keycloak's are client ids, Entra ID's first version takes GUIDs. */
function takesAnyIdentifier(of: Subject, resource: string): boolean {
  return of.product === "auth0" || of.product === "keycloak" || (isEntraV1(of) && isGuid(resource));
}

/** The URI form of a GUID: the resource that the scopes name, if they name one; else the one that Entra ID derives. */
function guidAsUri(of: Subject, guid: string): readonly Step[] {
  const { scopes } = of.profile;
  const { resources } = entraScopes(scopes);
  const named = resources.filter((resource) => !isGuid(resource));
  const resource = named.length === 1 && named[0] !== undefined ? named[0] : `api://${guid}`;
  const changed = scopes && ownScopes(of, resource, scopes);
  return [
    {
      ...(isEntra(of) ? {} : { when: "If it is an API of Entra ID" }),
      profile: { resource, ...(changed && !sameJson(changed, scopes) ? { scopes: changed } : {}) },
    },
  ];
}

/**
 * The scopes to ask for of one resource, without Graph's permissions: an API has none of these names, unless its own tools need it. Undefined
 * where that would leave nothing of the resource to ask for.
 */
function ownScopes(of: Subject, resource: string, scopes: readonly string[]): readonly string[] | undefined {
  const tools = of.attached?.servers.flatMap((server) => server.tools ?? []) ?? [];
  const needed = new Set(tools.flatMap(({ requiredScopes }) => requiredScopes ?? []));
  const kept = isGraph(resource) ? scopes : scopes.filter((scope) => needed.has(scope) || !isGraphPermission(scope));
  const own = scopesOf(resource, kept);
  return kept.length < scopes.length && own.every((scope) => openid.has(scope)) ? undefined : own;
}

function auth0({ product }: Subject, resource: string): Draft[] {
  if (product !== "auth0") return [];
  return [
    report("resource-ignored", {
      path,
      found: resource,
      summary: `Auth0 ignores the resource parameter by default, and so ${quoted(resource)}.`,
      fix: `Switch the resource parameter compatibility profile on in the Auth0 tenant, or make ${quoted(resource)} its default audience. ${unseen("resource-ignored")}`,
    }),
  ];
}

/** Entra ID's v2.0 endpoint takes a resource only beside scopes that begin with exactly it, and none of those that name no resource. */
function entra(of: Subject, resource: string): Draft[] {
  // A GUID is said by itself, with the scopes that go with its URI form.
  if (!isEntra(of) || isEntraV1(of) || isGuid(resource)) return [];
  const { scopes = [] } = of.profile;
  const { resources, bare: all } = entraScopes(scopes);
  // Scopes that name no resource are Graph's.
  const bare = isGraph(resource) ? [] : all;
  const others = resources.filter((other) => other !== resource);
  if (others.length === 0 && bare.length === 0) return [];
  const [other] = others;
  const slash = others.some((one) => withoutTrailingSlashes(one) === withoutTrailingSlashes(resource));
  const [moved, elsewhere] = [resource, other].map((one) => one && ownScopes(of, one, scopes));
  const apis = resources.length + (all.length > 0 ? 1 : 0);
  return [
    report("resource-scope-prefix", {
      path,
      expected: others.join(" ") || undefined,
      found: resource,
      summary: `Entra ID refuses ${[
        ...(others.length > 0 ? [`scopes of ${others.map(quoted).join(", ")}`] : []),
        ...(bare.length > 0 ? [`scopes that name no resource, ${bare.map(quoted).join(", ")},`] : []),
      ].join(" and ")} together with the resource ${quoted(resource)}${
        slash ? ", which differs by a slash at the end" : ""
      } (AADSTS9010010).`,
      fix: [
        ...(other !== undefined && resources.length === 1 && bare.length === 0
          ? [{ profile: { resource: other } }]
          : []),
        ...(moved && (other === undefined || resources.includes(resource) || slash)
          ? [{ profile: { scopes: moved } }]
          : []),
        ...(other !== undefined && elsewhere && bare.length > 0 && resources.length === 1
          ? [{ profile: { resource: other, scopes: elsewhere } }]
          : []),
        {
          // Scopes of two APIs are refused without a resource, too.
          say: `Ask only for scopes that begin with ${quoted(`${resource}/`)}${apis === 1 ? ", or leave resource out" : ", and for those of another API in a gateway of its own"}.`,
          otherwise: true,
        },
      ],
    }),
  ];
}

/** A document that is there and cannot be read as what it should be (RFC 9728 §2). A page, or another resource's, is none. */
function unusable({ discovered }: Subject, resource: string): Draft[] {
  const result = discovered.protectedResource;
  if (!result || result.kind === "not-an-address") return [];
  const broken = result.attempts.find(({ outcome }) => outcome === "unusable");
  const invalid = result.document?.invalid_fields ?? [];
  if (!broken && invalid.length === 0) return [];
  const where = broken?.url ?? result.url;
  const problem = broken?.detail ?? `not of the type that belongs there: ${invalid.join(", ")}`;
  return [
    report("resource-metadata-unusable", {
      path,
      where,
      expected: broken ? resource : undefined,
      found: problem,
      summary: `The resource's metadata at ${quoted(where ?? "")} is unusable, because ${broken ? problem : `of fields that are ${problem}`}.`,
      fix:
        broken?.fault === "size"
          ? "Have the resource publish a smaller document: many clients, and this check, read none of that size."
          : {
              say: `Have the resource publish metadata as RFC 9728 §2 has it, with resource equal to ${quoted(resource)}.`,
              document: broken
                ? published(where, { resource })
                : published(where, Object.fromEntries(invalid.map((name) => [name, null]))),
            },
    }),
  ];
}

function described(of: Subject, resource: string): Draft[] {
  const result = of.discovered.protectedResource;
  if (!result || result.kind === "not-an-address" || result.kind === "unreachable") return [];
  const { document } = result;
  if (!document) {
    if (result.attempts.some(({ outcome }) => outcome === "unusable")) return [];
    return [
      report("resource-metadata-missing", {
        path,
        where: result.attempts[0]?.url,
        summary: `The resource ${quoted(resource)} publishes no metadata; most APIs do not.`,
        fix: "Nothing.",
      }),
    ];
  }
  const drafts: Draft[] = [];
  const differs = { path, expected: document.resource, found: resource, where: result.url };
  const lesser = lesserBy(document.resource, resource);
  if (document.resource !== resource && lesser !== undefined) {
    drafts.push(
      report("resource-mismatch", {
        ...differs,
        summary: `The profile's resource is ${quoted(resource)}, and the resource publishes ${quoted(document.resource)}, which ${lesser}.`,
        fix: {
          say: `Have the resource publish ${quoted(resource)}: its own public address is not set, or what stands before it does not say so.`,
          document: published(result.url, { resource }),
        },
      }),
    );
  } else if (document.resource !== resource && result.form === "root") {
    drafts.push(
      report("resource-metadata-of-origin", {
        ...differs,
        summary: `The metadata at ${quoted(result.url ?? "")} is about the whole origin, ${quoted(document.resource)}; the profile's resource is below it, ${quoted(resource)}.`,
        fix: [
          {
            when: "If tokens for the whole origin are what the API takes",
            profile: { resource: document.resource },
            also: "Where it takes those for the resource that the profile names, nothing is to be done.",
          },
          { say: "Nothing, where the API takes tokens for the resource that the profile names.", otherwise: true },
        ],
      }),
    );
  } else if (document.resource !== resource) {
    const slash = withoutTrailingSlashes(document.resource) === withoutTrailingSlashes(resource);
    drafts.push(
      report("resource-mismatch", {
        ...differs,
        summary: `The profile's resource is ${quoted(resource)}, and the resource publishes ${quoted(document.resource)}${slash ? ": they differ by a slash at the end" : ""}.`,
        fix: [
          { profile: { resource: document.resource } },
          {
            say: `Have the resource publish ${quoted(resource)}, or set resource to ${quoted(document.resource)} once a check of that address finds it in order.`,
            document: published(result.url, { resource }),
            otherwise: true,
          },
        ],
      }),
    );
  }
  return [...drafts, ...authorizationServers(of)];
}

function authorizationServers(of: Subject): Draft[] {
  const result = of.discovered.protectedResource;
  const servers = result?.document?.authorization_servers;
  if (servers === undefined) return [];
  // An issuer may be known by the address of its document, and spell itself otherwise: a resource may name either.
  const implied = of.profile.metadataUrl === undefined ? undefined : issuerOfMetadataAddress(of.profile.metadataUrl);
  const issuers = [of.expectedIssuer, of.document?.issuer, implied].filter((issuer) => issuer !== undefined);
  if (servers.some((server) => issuers.some((issuer) => compareIssuers(server, issuer) !== "different"))) return [];
  const own = issuerToName(of);
  const v1 = servers.find(isEntraV1Issuer);
  if (v1 !== undefined && isEntraV2Url(of.profile.authorizationServerUrl)) {
    return [
      report("entra-v1-tokens", {
        path: ["authorizationServerUrl"],
        expected: of.expectedIssuer,
        found: v1,
        where: result?.url,
        summary: `The resource takes version 1 tokens of ${quoted(v1)}, the profile names version 2, ${quoted(of.expectedIssuer)}.`,
        fix: "Set requestedAccessTokenVersion to 2 in the manifest of the API's app registration, and have the API take tokens of that issuer.",
      }),
    ];
  }
  return [
    report("issuer-not-among-authorization-servers", {
      path: ["authorizationServerUrl"],
      expected: servers.join(" "),
      found: of.expectedIssuer,
      where: result?.url,
      summary: `The resource names the authorization servers ${servers.slice(0, 5).map(quoted).join(", ")}; ${quoted(of.expectedIssuer)} is not among them. The list may be partial.`,
      fix: [
        {
          say: `Nothing, where the resource takes tokens of ${quoted(own)}; it may then list it in authorization_servers.`,
          document: published(result?.url, { authorization_servers: [...servers, own] }),
        },
        // What another issuer publishes was not read: its address is no value to write before somebody looked.
        "Use an issuer that the resource lists, once a check of its address finds it in order.",
      ],
    }),
  ];
}

function listed({ document, server }: Subject, resource: string): Draft[] {
  const resources = document?.protected_resources;
  if (resources === undefined || resources.includes(resource) || document?.cut_fields?.includes("protected_resources"))
    return [];
  return [
    report("resource-not-among-protected-resources", {
      path,
      expected: resources.join(" "),
      found: resource,
      where: server.url,
      summary: `The authorization server lists protected resources, and ${quoted(resource)} is not among them. The list may be partial.`,
      fix: "Compare the spelling of resource with the list.",
    }),
  ];
}
