import { compareIssuers, type Finding } from "@mcpstack/model";
import { isEntraV1Issuer, isEntraV2Url } from "../products/recognize";
import { quoted, report, set } from "./report";
import { sortedSet } from "./scopes";
import type { Subject } from "./subject";

const path = ["resource"];

/** The resource identifier by itself (RFC 8707 §2), by the product's rules, and by what the resource publishes (RFC 9728). */
export const resourceRules = [form, products, published, listed].map((rule) => (of: Subject): Finding[] => {
  const { resource } = of.profile;
  return resource === undefined ? [] : rule(of, resource);
});

function form({ product }: Subject, resource: string): Finding[] {
  const problem = !/^[a-z][a-z0-9+.-]*:\S+$/i.test(resource)
    ? "is not an absolute URI"
    : resource.includes("#")
      ? "has a fragment"
      : resource.includes("?")
        ? "has a query"
        : undefined;
  if (problem === undefined) return [];
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(resource);
  const bare = resource.replace(/[?#].*$/, "");
  return [
    report("resource-not-uri", {
      path,
      found: resource,
      summary: `The resource ${quoted(resource)} ${problem}. A resource parameter must be an absolute URI without query and fragment.`,
      fix:
        guid && (product === "entra" || product === undefined)
          ? set("resource", `api://${resource}`)
          : problem === "is not an absolute URI"
            ? "Set resource to the URI form of the API's identifier, where the provider has one."
            : set("resource", bare),
    }),
  ];
}

function products({ product, profile }: Subject, resource: string): Finding[] {
  if (product === "auth0") {
    return [
      report("resource-ignored", {
        path,
        found: resource,
        summary: `Auth0 ignores the resource parameter by default, and so ${quoted(resource)}.`,
        fix: `Switch the resource parameter compatibility profile on in the Auth0 tenant, or make ${quoted(resource)} its default audience.`,
      }),
    ];
  }
  if (product !== "entra") return [];
  const prefixes = sortedSet(profile.scopes?.flatMap((scope) => entraResource(scope) ?? []));
  const others = prefixes.filter((prefix) => withoutSlash(prefix) !== withoutSlash(resource));
  const [other] = others;
  if (other === undefined) return [];
  return [
    report("resource-scope-prefix", {
      path,
      expected: others.join(" "),
      found: resource,
      summary: `Entra ID refuses scopes of ${others.map(quoted).join(", ")} together with the resource ${quoted(resource)} (AADSTS9010010).`,
      fix:
        prefixes.length === 1
          ? set("resource", other)
          : `Ask only for scopes that begin with ${quoted(`${withoutSlash(resource)}/`)}.`,
    }),
  ];
}

/** The resource that a scope of Entra ID belongs to: what stands before its last slash. Scopes without one name none. */
function entraResource(scope: string): string | undefined {
  const slash = scope.lastIndexOf("/");
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(scope) && slash > scope.indexOf("://") + 2
    ? scope.slice(0, slash)
    : undefined;
}

function published(of: Subject, resource: string): Finding[] {
  const result = of.discovered.protectedResource;
  if (!result || result.kind === "not-an-address" || result.kind === "unreachable") return [];
  const { document } = result;
  if (!document) {
    return [
      report("resource-metadata-missing", {
        path,
        where: result.attempts[0]?.url,
        summary: `The resource ${quoted(resource)} publishes no metadata; most APIs do not.`,
        fix: "Nothing.",
      }),
    ];
  }
  const findings: Finding[] = [];
  // A document at the root may be about the whole origin, of which this resource is a part.
  if (document.resource !== resource && result.form !== "root") {
    const slash = withoutSlash(document.resource) === withoutSlash(resource);
    findings.push(
      report("resource-mismatch", {
        path,
        expected: document.resource,
        found: resource,
        where: result.url,
        summary: `The profile's resource is ${quoted(resource)}, and the resource publishes ${quoted(document.resource)}${slash ? ": they differ by a slash at the end" : ""}.`,
        fix: set("resource", document.resource),
      }),
    );
  }
  return [...findings, ...authorizationServers(of)];
}

function authorizationServers(of: Subject): Finding[] {
  const result = of.discovered.protectedResource;
  const servers = result?.document?.authorization_servers;
  if (servers === undefined) return [];
  const issuers = [of.expectedIssuer, ...(of.document ? [of.document.issuer] : [])];
  if (servers.some((server) => issuers.some((issuer) => compareIssuers(server, issuer) !== "different"))) return [];
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
      summary: `The resource takes tokens of ${servers.slice(0, 5).map(quoted).join(", ")}; ${quoted(of.expectedIssuer)} is not among them.`,
      fix: `${servers.length === 1 ? `${set("authorizationServerUrl", servers[0] ?? "")} Or have` : "Have"} the resource list ${quoted(of.document?.issuer ?? of.expectedIssuer)} in authorization_servers.`,
    }),
  ];
}

function listed({ document, server }: Subject, resource: string): Finding[] {
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

function withoutSlash(text: string): string {
  return text.replace(/\/+$/, "");
}
