import type { AuthorizationServerMetadata } from "../documents/authorization-server";
import { type Draft, published, quoted, report, unseen } from "./report";
import { type Subject, whose } from "./subject";

/** What the authorization server offers and demands, against what a sign-in through the gateway needs. */
export const capabilityRules = [codeFlow, pkce, pushedRequests, boundTokens];

const path = ["authorizationServerUrl"];

/** What the authorization code flow needs and a document says it lacks. Absent lists mean the defaults, which hold both (RFC 8414 §2). */
export function codeFlowLacking(document: AuthorizationServerMetadata) {
  const needed = [
    ["response_types_supported", "code"],
    ["grant_types_supported", "authorization_code"],
  ] as const;
  const lacking = needed.filter(([list, value]) => {
    const listed = document[list];
    return listed !== undefined && !listed.includes(value) && !document.cut_fields?.includes(list);
  });
  if (lacking.length === 0) return undefined;
  return {
    expected: lacking.map(([, value]) => value).join(" "),
    found: lacking.map(([list]) => (document[list] ?? []).join(" ")).join("; "),
    said: lacking.map(([list, value]) => `${list} lacks ${quoted(value)}`).join(", "),
    mended: Object.fromEntries(lacking.map(([list, value]) => [list, [...(document[list] ?? []), value]])),
  };
}

/** The PKCE methods that a document lists, where S256 is not among them; undefined where it is, or may be. */
export function pkceLacking(
  document: AuthorizationServerMetadata,
): { readonly listed?: readonly string[] } | undefined {
  const methods = document.code_challenge_methods_supported;
  if (methods === undefined) return {};
  if (methods.includes("S256") || document.cut_fields?.includes("code_challenge_methods_supported")) return undefined;
  return { listed: methods };
}

function codeFlow({ document, server }: Subject): Draft[] {
  const lacking = document && codeFlowLacking(document);
  if (!lacking) return [];
  const { expected, found, said, mended } = lacking;
  return [
    report("code-flow-missing", {
      path,
      expected,
      found,
      where: server.url,
      summary: `The authorization code flow is not offered by ${quoted(document.issuer)}: ${said}.`,
      fix: {
        say: "Switch the authorization code flow on at the authorization server, or set authorizationServerUrl to an issuer that offers it.",
        document: published(server.url, mended),
      },
    }),
  ];
}

function pkce(of: Subject): Draft[] {
  const { document, server } = of;
  const lacking = document && pkceLacking(document);
  if (!lacking) return [];
  const { listed: methods } = lacking;
  if (methods === undefined) {
    return [
      report("pkce-not-listed", {
        path,
        expected: "S256",
        where: server.url,
        summary: `The metadata of ${whose(of)} does not list PKCE methods.`,
        fix: "Nothing, where sign-in works.",
      }),
    ];
  }
  return [
    report("pkce-s256-missing", {
      path,
      expected: "S256",
      found: methods.join(" "),
      where: server.url,
      summary: `PKCE is offered by ${quoted(document.issuer)} without S256: ${methods.map(quoted).join(", ")}.`,
      fix: {
        say: "Switch the challenge method S256 on at the authorization server.",
        document: published(server.url, { code_challenge_methods_supported: [...methods, "S256"] }),
      },
    }),
  ];
}

function pushedRequests({ document, server }: Subject): Draft[] {
  if (document?.require_pushed_authorization_requests !== true) return [];
  return [
    report("par-required", {
      path,
      found: "require_pushed_authorization_requests: true",
      where: server.url,
      summary: `${quoted(document.issuer)} demands pushed authorization requests, which the gateway may not send.`,
      fix: [
        {
          say: "Take the demand off at the provider, for all clients.",
          document: published(server.url, { require_pushed_authorization_requests: false }),
        },
        `Take it off for the gateway's client alone, or make sure that the service supports it. ${unseen("par-required")}`,
      ],
    }),
  ];
}

const mutualTls: ReadonlySet<string> = new Set(["tls_client_auth", "self_signed_tls_client_auth"]);

/**
 * Demanded by the resource (RFC 9728 §2), or by an authorization server whose every client authentication is mutual TLS (RFC 8705 §2). A
 * resource's `tls_client_certificate_bound_access_tokens` demands nothing: it says, like the server's field of that name, what is supported.
 */
function boundTokens({ document, server, discovered }: Subject): Draft[] {
  const resource = discovered.protectedResource;
  const methods = document?.token_endpoint_auth_methods_supported;
  const demands = [
    ...(resource?.document?.dpop_bound_access_tokens_required === true
      ? [["DPoP", resource.url, "resource", { dpop_bound_access_tokens_required: false }] as const]
      : []),
    ...(methods?.every((method) => mutualTls.has(method)) &&
    !document?.cut_fields?.includes("token_endpoint_auth_methods_supported")
      ? [
          [
            "mutual TLS",
            server.url,
            "authorizationServerUrl",
            { token_endpoint_auth_methods_supported: [...methods, "client_secret_basic"] },
          ] as const,
        ]
      : []),
  ];
  return demands.map(([what, where, field, fields]) => {
    const who = field === "resource" ? "resource" : "authorization server";
    return report("bound-tokens-required", {
      path: [field],
      found: what,
      where,
      summary: `${what} is demanded by the ${who}, which the gateway may not speak.`,
      fix: [
        { say: `Have the ${who} take clients without ${what}, and say so.`, document: published(where, fields) },
        `Allow bearer tokens for the gateway's client alone, or make sure that the service supports what is demanded. ${unseen("bound-tokens-required")}`,
      ],
    });
  });
}
