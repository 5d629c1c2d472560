import { meansSameUrl, originOf, type ProfileChange, parseUrl } from "@mcpstack/model";
import { isPrivateHost, privateHost } from "../fetch/private-host";
import { overHttps } from "./public-address";
import { type Draft, published, quoted, report } from "./report";
import { type Subject, whose } from "./subject";

const endpoints = [
  ["authorizationEndpoint", "authorization_endpoint"],
  ["tokenEndpoint", "token_endpoint"],
  ["registrationEndpoint", "registration_endpoint"],
] as const;
type EndpointField = (typeof endpoints)[number][0];
type EndpointName = (typeof endpoints)[number][1];

/** Compare the profile's endpoints with the published ones (RFC 8414 §2). */
export const endpointRules = [
  ...endpoints.map(
    ([field, name]) =>
      (of: Subject): Draft[] =>
        differs(of, field, name),
  ),
  missing,
  insecure,
  userInformation,
  notPublic,
];

function differs(of: Subject, field: EndpointField, name: EndpointName): Draft[] {
  const { document, profile, server } = of;
  const written = profile[field];
  if (!document || written === undefined) return [];
  const announced = document[name];
  const values = { path: [field], expected: announced, found: written, where: server.url };
  if (announced === undefined) {
    if (field !== "registrationEndpoint") return [];
    return [
      report("registration-not-published", {
        ...values,
        summary: `registrationEndpoint is ${quoted(written)}, and ${whose(of)} announces none.`,
        fix: {
          profile: { registrationEndpoint: null },
          because: `${profile.clientId === undefined ? " and set clientId" : ""}, or switch registration on at the provider`,
        },
      }),
    ];
  }
  if (meansSameUrl(written, announced) || meansSameUrl(announced, written)) return [];
  if (isExtended(written, announced) || isSlackOwn(of, written)) return [];
  // A move that is refused is said by itself.
  if (of.acceptance.refused.some((move) => move.field === field && !move.trusted)) return [];
  return [
    report("endpoint-contradicts-metadata", {
      ...values,
      summary: `${field} is ${quoted(written)}, and ${whose(of)} publishes ${quoted(announced)}.`,
      fix: [
        {
          profile: leftOut(of, field),
          because: `, so that discovery gives ${Object.keys(leftOut(of, field)).length > 1 ? "both" : "it"}`,
        },
        { profile: { [field]: announced } },
        { say: `Have ${whose(of)} publish what is right.`, otherwise: true },
      ],
    }),
  ];
}

/** An endpoint may have a query (RFC 6749 §§3.1, 3.2): Auth0 is asked with `?audience=`, Google with `?access_type=offline`. */
function isExtended(written: string, announced: string): boolean {
  const [own, other] = [parseUrl(written), parseUrl(announced)];
  if (!own || !other || own.search === "") return false;
  const kept = [...other.searchParams].every(([name, value]) => own.searchParams.getAll(name).includes(value));
  own.search = "";
  other.search = "";
  return kept && meansSameUrl(own.href, other.href);
}

/** Slack publishes the endpoints of its sign-in alone; apps get their tokens at others, which it documents. */
function isSlackOwn({ product }: Subject, written: string): boolean {
  return product === "slack" && /^https:\/\/slack\.com\/(oauth\/v2|api\/oauth\.v2)/.test(written);
}

/** The authorization and token endpoints take the place of discovery together: neither stands alone. */
function leftOut({ profile }: Subject, field: EndpointField): ProfileChange {
  const both = field !== "registrationEndpoint" && profile.authorizationEndpoint !== undefined;
  return both && profile.tokenEndpoint !== undefined
    ? { authorizationEndpoint: null, tokenEndpoint: null }
    : { [field]: null };
}

function missing(of: Subject): Draft[] {
  const { document, profile, server } = of;
  if (!document) return [];
  const lacking = endpoints
    .filter(
      ([field, name]) =>
        document[name] === undefined &&
        // What is published with user information is said by itself.
        document.bare_addresses?.[name] === undefined &&
        field !== "registrationEndpoint" &&
        profile[field] === undefined,
    )
    .map(([, name]) => name);
  if (lacking.length === 0) return [];
  const names = lacking.map((name) => (document.invalid_fields?.includes(name) ? `${name} (not a usable URL)` : name));
  return [
    report("endpoint-missing", {
      path: pathOf(of),
      expected: lacking.join(" "),
      where: server.url,
      summary: `The document of ${quoted(document.issuer)} lacks ${names.join(" and ")}.`,
      fix: "Set authorizationEndpoint and tokenEndpoint, or have the authorization server publish them.",
    }),
  ];
}

/** What a document publishes for clients to go to, with its field of the profile, which takes its place. */
const addresses = [...endpoints, [undefined, "jwks_uri"]] as const;

/**
 * The addresses of a document that somebody will go to, as URLs. At the origin that the document itself was read from, transport and host are
 * those that the program chose.
 */
function publishedAddresses({ document, profile, server }: Subject) {
  const readAt = server.url === undefined ? undefined : originOf(server.url);
  return addresses.flatMap(([field, name]) => {
    const bare = document?.bare_addresses?.[name];
    const text = document?.[name] ?? bare;
    if (text === undefined || (field !== undefined && profile[field] !== undefined)) return [];
    const url = parseUrl(text);
    return url === undefined
      ? []
      : [{ name, text, url, isBare: bare !== undefined, isWhereRead: url.origin === readAt }];
  });
}

/** TLS is demanded of every endpoint (RFC 6749 §§3.1, 3.2, RFC 7591 §3) and of the key set (RFC 8414 §2). */
function insecure(of: Subject): Draft[] {
  const { document, server } = of;
  // An issuer that itself says http is the same fault, and is said as such.
  if (!document || !/^https:/i.test(document.issuer)) return [];
  const found = publishedAddresses(of).filter(({ url, isWhereRead }) => url.protocol === "http:" && !isWhereRead);
  if (found.length === 0) return [];
  const issuer = parseUrl(document.issuer);
  // A host that only some can go to is no better over https: that is said by itself.
  const reached = found.filter(({ url }) => !isPrivateHost(url.hostname) || isPrivateHost(issuer?.hostname ?? ""));
  const secure = ({ text, url }: (typeof found)[number]) =>
    url.hostname === issuer?.hostname ? `${issuer.origin}${url.pathname}${url.search}` : overHttps(text);
  return [
    report("endpoint-insecure", {
      path: pathOf(of),
      expected: reached.length === 0 ? undefined : reached.map(secure).join(" "),
      found: found.map(({ text }) => text).join(" "),
      where: server.url,
      summary: `The issuer ${quoted(document.issuer)} is https and publishes plain http: ${found.map(({ name, text }) => `${name} ${quoted(text)}`).join(", ")}.`,
      fix: {
        say: `Have ${whose(of)} publish its public https addresses: behind a proxy that ends TLS it has to know them.`,
        document:
          reached.length === 0
            ? undefined
            : published(server.url, Object.fromEntries(reached.map((one) => [one.name, secure(one)]))),
      },
    }),
  ];
}

/** A name and a password before the host are sent nowhere, and hide which host it is (RFC 3986 §7.6, RFC 9110 §4.2.4). */
function userInformation(of: Subject): Draft[] {
  const found = publishedAddresses(of).filter(({ isBare }) => isBare);
  if (found.length === 0) return [];
  const names = found.map(({ name }) => name).join(", ");
  return [
    report("endpoint-user-information", {
      path: pathOf(of),
      expected: found.map(({ text }) => text).join(" "),
      where: of.server.url,
      summary: `Published with user information before the host, and not used: ${found.map(({ name, url }) => `${name}, which leads to ${quoted(url.host)}`).join("; ")}.`,
      fix: {
        say: `Have ${whose(of)} publish ${names} without it, and make sure that the host is the one that is meant.`,
        document: published(of.server.url, Object.fromEntries(found.map(({ name, text }) => [name, text]))),
      },
    }),
  ];
}

/** Users of a public issuer, and whoever checks its tokens, are sent to where only one machine or network can go. */
function notPublic(of: Subject): Draft[] {
  const { document, expectedIssuer, server } = of;
  const issuer = document && parseUrl(document.issuer);
  const asked = parseUrl(expectedIssuer);
  if (!document || !issuer || (isPrivateHost(issuer.hostname) && (!asked || isPrivateHost(asked.hostname)))) return [];
  const elsewhere = publishedAddresses(of).filter(({ isWhereRead }) => !isWhereRead);
  const found = [{ name: "issuer", text: document.issuer, url: issuer }, ...elsewhere].flatMap((one) => {
    const why = privateHost(one.url.hostname);
    return why === undefined ? [] : [{ ...one, why }];
  });
  if (found.length === 0) return [];
  return [
    report("endpoint-not-public", {
      path: pathOf(of),
      expected: asked?.origin ?? issuer.origin,
      found: found.map(({ text }) => text).join(" "),
      where: server.url,
      summary: `Published for ${quoted(expectedIssuer)}, and out of the public's reach: ${found.map(({ name, text, why }) => `${name} ${quoted(text)} (${why})`).join(", ")}.`,
      fix: `Have ${whose(of)} publish public addresses: its own public address is not set, or what stands before it does not say so.`,
    }),
  ];
}

function pathOf({ profile }: Subject): readonly string[] {
  return [profile.metadataUrl === undefined ? "authorizationServerUrl" : "metadataUrl"];
}
