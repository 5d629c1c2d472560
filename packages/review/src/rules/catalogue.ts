import type { Severity } from "@mcpstack/model";

/** What is said about every finding of a code. The reference page is generated from this table. */
export interface CatalogueEntry {
  /** In a few words, without a full stop. */
  readonly title: string;
  /** Where nothing else is chosen. */
  readonly severity: Severity;
  /** When a rule says it more softly or more loudly than `severity`. */
  readonly varies?: string;
  readonly why: string;
  /** In the place of `why` where the gateway itself is new, so that nothing that users gave can be lost. */
  readonly whyNew?: string;
  readonly fix: string;
}

const issuerVoids =
  "Grants that users gave under the old issuer or client are void: everybody behind this gateway signs in again.";

/** Every code of the review, the topics in the order in which a reviewer meets them. */
export const catalogue = {
  "sign-in-moved": {
    title: "Users are led elsewhere to sign in",
    severity: "error",
    why: `A server that users signed in to goes over to an issuer, or an address, that it did not use before: by an attachment, or by a gateway in the place of another. Whoever answers there sees the sign-in and issues the tokens. ${issuerVoids}`,
    fix: "Check with the owner of the server that the move is intended. Then allow the issuer in the policy, or excuse this finding with a reason and a date.",
  },
  "cannot-be-reviewed": {
    title: "Cannot be reviewed",
    severity: "error",
    varies:
      "`warn` where it is not where users sign in, or nobody signs in there yet; `info` for a module that does not mention MCP Stack, and for an argument of the provider that is an expression over what it referred to before",
    why: "Where users of an existing route sign in is not in what the review was given: it is made during the apply, kept secret, or stands in a part of the program that the input leaves out.",
    fix: "Write the value so that the plan shows it, or apply what it depends on first and plan again. Where that cannot be, excuse this finding with a reason and a date.",
  },
  "authorization-server-new": {
    title: "Authorization server that no gateway used before",
    severity: "error",
    varies: "`warn` where the gateway itself is new, since nobody signs in through it yet",
    why: `Whoever runs this server decides who signs in and issues the tokens that the upstream API takes. ${issuerVoids}`,
    whyNew:
      "Whoever runs this server decides who signs in through the new gateway, and issues the tokens that the upstream API takes.",
    fix: "Check with its owner that the server is yours to trust. Then allow its issuer in the policy, so that the next use of it is silent.",
  },
  "authorization-server-changed": {
    title: "Authorization server changed",
    severity: "error",
    varies: "`warn` where the policy allows the issuer",
    why: `Users sign in somewhere else from now on. ${issuerVoids}`,
    fix: "Check that the client is registered there with the gateway's callback URL, and tell the users.",
  },
  "issuer-respelled": {
    title: "Issuer is spelled otherwise",
    severity: "warn",
    why: "Users sign in where they did. But an issuer is compared as a string (RFC 8414 §3.3): where the authorization server spells itself otherwise, what it publishes and its tokens are refused.",
    fix: "Write the issuer exactly as the authorization server's metadata spells it.",
  },
  "trailing-slash-changed": {
    title: "Differs from before only by a trailing slash",
    severity: "warn",
    why: "Issuers and resource identifiers are compared as strings (RFC 8414 §3.3, RFC 8707 §2). One slash decides whether tokens are accepted.",
    fix: "Write the value exactly as the authorization server's metadata or the upstream API spells it.",
  },
  "tenant-common": {
    title: "Every tenant can sign in",
    severity: "error",
    varies: "`warn` where the gateway itself is new",
    why: "Accounts of every organization, and with `common` and `consumers` personal accounts too, can sign in. The upstream API must then tell tenants apart by itself.",
    fix: "Name the tenant's id in the path, unless every tenant is meant to get in.",
  },
  "provider-type-changed": {
    title: "Provider type changed",
    severity: "warn",
    why: "The service treats providers differently: how it discovers, registers and identifies users may change with it.",
    fix: "Check that the type is that of the authorization server named in the profile.",
  },
  "client-changed": {
    title: "Client id changed",
    severity: "warn",
    why: `Consent belongs to a client. ${issuerVoids}`,
    fix: "Check that the new client has the gateway's callback URL and the scopes, and tell the users.",
  },
  "client-kept-for-new-issuer": {
    title: "New issuer with the old client id",
    severity: "warn",
    why: "A client id that was registered at one authorization server means nothing at another one, or means somebody else's client.",
    fix: "Register a client at the new authorization server and write its id.",
  },
  "audience-changed": {
    title: "Resource (audience) changed",
    severity: "warn",
    why: "Tokens are issued for another API from now on. An upstream API that expects the old value refuses them as having an invalid audience.",
    fix: "Check that the upstream API expects exactly this value.",
  },
  "scope-added": {
    title: "Scopes added",
    severity: "info",
    why: "The gateway may ask for more. Existing grants do not widen by themselves: added scopes reach users only when they connect again.",
    fix: "Check that a tool needs each of them, and tell the users to connect again.",
  },
  "scope-added-write": {
    title: "Scopes added that allow changes",
    severity: "warn",
    why: "Tools can change data in the users' names. Added scopes reach users only when they connect again.",
    fix: "Keep write scopes to those that an enabled tool needs, and see that the upstream API enforces authorization per user.",
  },
  "scope-added-broad": {
    title: "Broad scopes added",
    severity: "warn",
    why: "A scope such as `.default`, `repo` or `*` stands for everything that the client may do, now and later. Added scopes reach users only when they connect again.",
    fix: "Name the single scopes that the tools need.",
  },
  "scope-removed": {
    title: "Scopes removed",
    severity: "info",
    why: "Tools that need them fail with missing scopes. Existing grants keep the scopes until users connect again or the grants are revoked.",
    fix: "Check that no enabled tool needs them; revoke grants where the access itself must end.",
  },
  "metadata-url-added": {
    title: "Metadata URL added",
    severity: "warn",
    varies:
      "`error` where it is on an origin that the gateway did not use before and that the policy does not allow, `info` where it is a document that is looked at anyway",
    why: "From now on this one document says where users sign in and which keys sign tokens, in the place of the well-known addresses.",
    fix: "Check that the document's issuer is the authorization server of the profile.",
  },
  "metadata-url-moved": {
    title: "Metadata URL moved",
    severity: "warn",
    varies:
      "`error` where it is on an origin that the gateway did not use before and that the policy does not allow, `info` where it is a document that is looked at anyway",
    why: "Another document says where users sign in and which keys sign tokens.",
    fix: "Check that the document's issuer is the authorization server of the profile.",
  },
  "metadata-url-removed": {
    title: "Metadata URL removed",
    severity: "info",
    why: "Metadata is looked for at the well-known addresses of the authorization server again.",
    fix: "Check that the authorization server publishes metadata there.",
  },
  "endpoint-origin-moved": {
    title: "Endpoint on an origin that was not used before",
    severity: "error",
    why: "Whoever answers at the authorization endpoint sees the users' passwords; whoever answers at the token endpoint sees codes and client credentials.",
    fix: "Check with the owner of the authorization server that the new address is its own.",
  },
  "endpoint-moved": {
    title: "Endpoint moved within an origin that may be used",
    severity: "warn",
    why: "On many hosts the path, or a parameter, says whose users sign in: a realm, a user flow, a project. Whoever that is sees the sign-in, or codes and client credentials.",
    fix: "Check that the new address is of the same realm, tenant or project as the issuer.",
  },
  "endpoint-foreign": {
    title: "New gateway with an address on another origin than its issuer's",
    severity: "warn",
    why: "A known issuer says nothing about it: whoever answers at this address sees the sign-in, or says where the others are.",
    fix: "Check that the address belongs to the owner of the issuer. Then allow its origin in the policy (`endpoint_origins`).",
  },
  "discovery-replaced": {
    title: "Explicit endpoints in the place of discovery",
    severity: "warn",
    why: "What is written here stays as it is when the authorization server moves its endpoints or changes its keys.",
    fix: "Leave the endpoints out where the authorization server publishes metadata.",
  },
  "registration-opened": {
    title: "Dynamic client registration opened",
    severity: "warn",
    why: "Clients register themselves at this address (RFC 7591). Who may register is decided there.",
    fix: "Check that registration is meant to be open, and what a client that registered itself may ask for.",
  },
  "https-lost": {
    title: "Plain http",
    severity: "error",
    why: "Codes and tokens can be read and changed on the way.",
    fix: "Write an https URL.",
  },
  "url-user-info": {
    title: "User information in a URL",
    severity: "error",
    why: "Text before an @ makes a URL look like another host's, and a password there ends up in state and logs.",
    fix: "Remove everything between :// and @.",
  },
  "lookalike-host": {
    title: "Host that looks like a known one",
    severity: "error",
    why: "A host that differs by a letter, or holds a known name as a part of another domain, is how users are led to a false sign-in page.",
    fix: "Compare the host letter by letter with the known one.",
  },
  "punycode-host": {
    title: "Internationalised host name",
    severity: "warn",
    why: "Letters of other alphabets can look exactly like Latin ones.",
    fix: "Check the host in its ASCII form, which begins with xn--.",
  },
  "issuer-accepted": {
    title: "Issuer accepted anew",
    severity: "error",
    varies: "`warn` where the policy allows the issuer, or it is only spelled otherwise",
    why: "The authorization server has published another issuer since the last apply. Applying this plan accepts it.",
    fix: "Check with the owner of the authorization server that the move is intended before you apply.",
  },
  "accepted-origin-moved": {
    title: "Published endpoint moved to another origin",
    severity: "error",
    why: "The authorization server's metadata names another origin than the one that was accepted. Applying this plan accepts it.",
    fix: "Check the move with the owner of the authorization server. Name the origin in `trusted_origins` only afterwards.",
  },
  "accepted-metadata-changed": {
    title: "Published metadata changed",
    severity: "info",
    why: "The authorization server publishes other values within the same origin. Applying this plan accepts them.",
    fix: "Nothing, if the change was announced.",
  },
  "pkce-lost": {
    title: "S256 is no longer offered",
    severity: "warn",
    why: "Without a code challenge a stolen authorization code can be redeemed (RFC 7636 §1).",
    fix: "Ask the owner of the authorization server to offer S256 again.",
  },
  "gateway-gone-attached": {
    title: "Gateway goes away while servers are attached",
    severity: "error",
    why: "Users of these servers cannot sign in until they are attached to another gateway, and all grants of this one are lost.",
    fix: "Attach the servers to another gateway first, in an apply of its own. Where a gateway retires together with the attachment of its server, so that nobody is to sign in there any more, excuse this finding in the policy with a reason and a date.",
  },
  "gateway-replaced-attached": {
    title: "Gateway is replaced while servers are attached",
    severity: "error",
    why: "The new gateway has no grants: all users of these servers sign in again, and they cannot do so between the two steps.",
    fix: "Find out what forces the replacement. Where it is wanted, announce it.",
  },
  "gateway-deleted": {
    title: "Gateway goes away",
    severity: "info",
    why: "Its grants are lost. No server in this plan was attached to it.",
    fix: "Check that no server outside of this plan uses it.",
  },
  "gateway-forgotten": {
    title: "Gateway or attachment is no longer managed",
    severity: "warn",
    why: "It stays as it is, and nobody reviews its changes any more.",
    fix: "Check that another program takes it over.",
  },
  "gateway-imported": {
    title: "Existing gateway or attachment is taken over",
    severity: "info",
    why: "What the service holds is accepted as it is, metadata included.",
    fix: "Check the values as you would those of a new one.",
  },
  "gateway-attached": {
    title: "Gateway attached to a further server",
    severity: "info",
    why: "Users of this server sign in through the gateway, and its tools act with the gateway's scopes.",
    fix: "Check that the server needs no more and no less than the gateway's scopes.",
  },
  "public-id-changed": {
    title: "Public id changed",
    severity: "warn",
    why: "The MCP URL, the public issuer and the callback URL are made from it. MCP clients must be set up again, and sign-in fails until the new callback URL is registered.",
    fix: "Register the new callback URL at the authorization server before you apply, and tell users the new MCP URL.",
  },
  "attachment-moved": {
    title: "Server moved to another gateway",
    severity: "warn",
    why: "Users of the server sign in again, with the other gateway's issuer, audience and scopes. Their existing grants do not move along.",
    fix: "Check that the upstream API of this server accepts the other gateway's issuer and audience.",
  },
  "server-without-gateway": {
    title: "Server left without a gateway",
    severity: "error",
    why: "Its MCP URL goes away, and users cannot sign in to it any more.",
    fix: "Attach the server to another gateway in the same plan, or remove the server too.",
  },
  "issuers-conflict": {
    title: "Two gateways for one resource with different issuers",
    severity: "warn",
    why: "An API usually takes tokens of one issuer. One of the two gateways will see its tokens refused.",
    fix: "Use one authorization server for one resource, or one gateway for both servers.",
  },
  "metadata-check-lowered": {
    title: "Metadata check lowered",
    severity: "warn",
    why: "Findings about the authorization server that stopped a plan, or warned, do so no longer.",
    fix: "Switch single findings off by their code instead.",
  },
  "finding-switched-off": {
    title: "A finding is switched off or lowered",
    severity: "warn",
    why: "Nobody is told of it in any later plan.",
    fix: "Check that the reason is written down and still holds.",
  },
  "trusted-origin-added": {
    title: "Trusted origin added",
    severity: "warn",
    why: "From now on endpoints and keys may move to this origin in an ordinary apply.",
    fix: "Check that the origin belongs to the authorization server.",
  },
  "ca-file-added": {
    title: "Further certificate authorities trusted for metadata",
    severity: "warn",
    why: "Who holds one of these authorities' keys can publish metadata in the name of any host.",
    fix: "Check where the file comes from.",
  },
  "ca-file-not-compared": {
    title: "Content of a certificate authorities' file is not compared",
    severity: "info",
    why: "A plan holds the name of the file. Where the file is a part of the program, the same pull request may replace what stands in it, and who holds an authority's key can publish metadata in the name of any host.",
    fix: "Look whether the file is among those that the change touches. Let its owners approve every change of it (CODEOWNERS).",
  },
  "insecure-metadata-allowed": {
    title: "Metadata over plain http allowed",
    severity: "error",
    why: "Who can change an answer on the way decides where users sign in.",
    fix: "Remove `allow_insecure_metadata` outside of test networks.",
  },
  "organization-changed": {
    title: "Another organization",
    severity: "error",
    varies:
      "`warn` where the policy allows it, or only new resources use the configuration; `info` where nothing uses it. Silent where resources or look-ups show that it is the same one by another name",
    why: "The provider's organization says whose gateways a plan reads and writes.",
    fix: "Check the provider's `organization` and the credential.",
  },
  "api-changed": {
    title: "Another API",
    severity: "error",
    varies: "`warn` where the policy allows it; `info` where nothing uses the configuration",
    why: "The provider sends its credential to another address than before.",
    fix: "Check that the address is the service's own.",
  },
  "api-insecure": {
    title: "API over plain http",
    severity: "error",
    why: "The API credential can be read on the way.",
    fix: "Write an https URL.",
  },
  "unknown-until-apply": {
    title: "Not known until apply",
    severity: "warn",
    varies:
      "`info` where it is only the client id, which usually comes from a client that the same plan registers, or the gateway of a server that had none",
    why: "What decides who can sign in cannot be reviewed here, because the value is made during the apply.",
    fix: "Write the value, or review the plan again after what it depends on is applied.",
  },
  "change-deferred": {
    title: "Change is postponed",
    severity: "warn",
    why: "The engine cannot plan this change yet, so it is not reviewed here.",
    fix: "Review the plan that follows this apply.",
  },
  "changed-outside": {
    title: "Changed outside of the program",
    severity: "warn",
    varies: "`error` where it is the authorization server or one of its addresses",
    why: "Somebody changed this in the dashboard or by the API. Applying puts back what the program says, unless the program follows.",
    fix: "Find out who changed it and why before you apply.",
  },
  "settings-changed": {
    title: "Further API fields changed",
    severity: "info",
    why: "`settings` writes fields of the API that this version does not know, so it cannot tell what they do.",
    fix: "Check the keys against the API's documentation.",
  },
  "write-only-settings-changed": {
    title: "Write-only API fields are written",
    severity: "warn",
    varies:
      "`info` where the gateway is edited otherwise, and nobody can tell whether `settings_wo` is another one than before",
    why: "`settings_wo` is in no plan and no state, so nobody can see here what is written.",
    fix: "Look at what the program gives it, and at where that comes from.",
  },
  "settings-decide-sign-in": {
    title: "`settings` decides where users sign in",
    severity: "error",
    varies:
      "`warn` where such a name is only taken out, where a name that may be one leads to an origin that the gateway uses anyway, and where the name is one of who signs in, or as whom, such as `claim`, `allowedEmails` or `groups`",
    why: "A service may read these names as the profile's own fields, as what it discovered, or as whose keys and which rights count. Nothing in a review compares them.",
    fix: "Use the arguments of the gateway, and leave these names out of `settings`. Where no argument says it, look the field up in the API's documentation. Then allow the address in the policy (`settings_origins`), with or without its scheme; where it is the name that decides, excuse this finding there with a reason and a date (`exceptions`).",
  },
  "settings-name-address": {
    title: "`settings` names an address that was not used before",
    severity: "warn",
    varies:
      "`error` where the policy lists the origins that `settings` may name, unless the name says that something is called so, as in `companyName`",
    why: "`settings` writes fields that this version does not know, so nobody can say here what the service does with the address.",
    fix: "Look the field up in the API's documentation. Then allow the origin in the policy (`settings_origins`), or the host as it is written.",
  },
  "secret-in-plain": {
    title: "Secret in a plain attribute",
    severity: "error",
    why: "It is in the repository, in the plan and in every copy of the state.",
    fix: "Revoke it. Give API credentials in environment variables, and secrets of the gateway in `settings_wo` from a variable that is ephemeral or sensitive.",
  },
  "policy-changed": {
    title: "The review's policy changed",
    severity: "warn",
    why: "The change decides what later reviews let through. This review was made with the policy of the base.",
    fix: "Let the owners of the policy approve it.",
  },
  "base-policy-invalid": {
    title: "Part of the base's policy is not valid",
    severity: "warn",
    why: "The base's policy holds for this change. What of it is not valid is held as strictly as it can be meant: an exception excuses nothing, a list allows only what it names, a demand is the strictest one.",
    fix: "Mend it, in this change or in another one.",
  },
  "policy-too-wide": {
    title: "A pattern of the policy allows anybody",
    severity: "warn",
    why: "On hosts that many organizations share, a `*` in the place of the tenant allows every one of them, an attacker's included; so does one that reaches into the name that an owner registers, as in `https://*petalpal.com`.",
    fix: "Write the tenant in the place of the `*`.",
  },
  "issuer-not-allowed": {
    title: "Issuer is not allowed by the policy",
    severity: "error",
    why: "The policy lists the authorization servers that this environment may trust.",
    fix: "Use an allowed one, or have the policy's owners add it.",
  },
  "audience-not-allowed": {
    title: "Resource is not allowed by the policy",
    severity: "error",
    why: "The policy lists the resources that tokens may be asked for in this environment.",
    fix: "Use an allowed one, or have the policy's owners add it.",
  },
  "client-not-allowed": {
    title: "Client is not allowed by the policy",
    severity: "error",
    why: "The policy lists the clients that users of this environment may be signed in with.",
    fix: "Use an allowed one, or have the policy's owners add it.",
  },
  "trust-not-allowed": {
    title: "A trust setting is not as the policy demands",
    severity: "error",
    why: "The policy says what the provider and its gateways may trust, which API and whose gateways they work on.",
    fix: "Write what the policy allows, or have its owners change it.",
  },
  "scope-not-allowed": {
    title: "Scope is not allowed by the policy",
    severity: "error",
    why: "The policy lists the scopes that gateways may ask for in this environment.",
    fix: "Remove the scope, or have the policy's owners add it.",
  },
  "metadata-check-required": {
    title: "The policy requires a stricter metadata check",
    severity: "error",
    why: "With a lower `metadata_check`, findings about the authorization server do not stop a plan.",
    fix: "Raise `metadata_check` on the gateway or the provider.",
  },
  "exception-expired": {
    title: "An exception of the policy has expired",
    severity: "warn",
    why: "What it excused counts again.",
    fix: "Mend the cause, or have the policy's owners renew the exception with a new date.",
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

export type ReviewCode = keyof typeof catalogue;

export function isReviewCode(code: string): code is ReviewCode {
  return Object.hasOwn(catalogue, code);
}
