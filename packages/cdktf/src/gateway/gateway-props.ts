import type { TerraformMetaArguments } from "cdktf";
import type { FindingSeverity, MetadataCheck } from "../provider/findings";
import type { Settings } from "../values/settings";

/** Kind of identity provider. The service takes names that are not listed here, too. */
export type ProviderType = "manual" | "sqlos" | "auth0" | "entra" | "workos" | (string & {});

/** What a gateway is. */
export interface GatewayProps extends TerraformMetaArguments {
  /**
   * Name of the Gateway profile, shown in the dashboard.
   */
  readonly name: string;

  /**
   * What the gateway is for, in one line or several.
   *
   * @default - none
   */
  readonly description?: string | undefined;

  /**
   * Kind of identity provider: `manual`, `sqlos`, `auth0`, `entra`, `workos`, or another name that the service
   * knows.
   */
  readonly providerType: ProviderType;

  /**
   * Issuer identifier of the authorization server, exactly as its metadata spells it, trailing slash included.
   * Metadata is looked for below its well-known addresses (RFC 8414 §3, OpenID Connect Discovery §4). Empty only for a
   * gateway that is taken over and has none.
   */
  readonly authorizationServerUrl: string;

  /**
   * Exact address of the discovery document, where it is not at a well-known address of the authorization server.
   *
   * @default - the well-known addresses of the authorization server
   */
  readonly metadataUrl?: string | undefined;

  /**
   * Authorization endpoint, where discovery is missing or not standard.
   *
   * @default - the one that discovery finds
   */
  readonly authorizationEndpoint?: string | undefined;

  /**
   * Token endpoint, where discovery is missing or not standard.
   *
   * @default - the one that discovery finds
   */
  readonly tokenEndpoint?: string | undefined;

  /**
   * Dynamic client registration endpoint (RFC 7591), where clients register themselves.
   *
   * @default - the one that discovery finds
   */
  readonly registrationEndpoint?: string | undefined;

  /**
   * Client id that was registered at the identity provider. Leave it out where the client registers itself. It may
   * be the https URL of a client id metadata document.
   *
   * @default - none: the client registers itself
   */
  readonly clientId?: string | undefined;

  /**
   * Resource identifier (audience) that the upstream API demands in access tokens (RFC 8707 §2).
   *
   * @default - none
   */
  readonly resource?: string | undefined;

  /**
   * Scopes that the gateway may ask for; a server may use fewer. Order means nothing.
   *
   * @default - none
   */
  readonly scopes?: readonly string[] | undefined;

  /**
   * Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside
   * those that the gateway's own URLs name and those that were accepted in the same role. A move to any other origin is
   * never accepted by an apply.
   *
   * @default - those of the provider
   */
  readonly trustedOrigins?: readonly string[] | undefined;

  /**
   * How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from
   * writing, but never stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says
   * anything. It caps severity and never raises it.
   *
   * @default - what the provider says
   */
  readonly metadataCheck?: MetadataCheck | undefined;

  /**
   * What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings.
   * `metadataCheck` still caps the result.
   *
   * @default - what the provider says
   */
  readonly findings?: Readonly<Record<string, FindingSeverity>> | undefined;

  /**
   * Fields of the API's gateway document that this version does not know by name, as a JSON object. Only the keys
   * given here are compared and written, lists in whatever order they come back; every other unknown field is left
   * as it is. Null is as if left out, and a key that the program stops naming is taken out of the document.
   *
   * @default - none
   */
  readonly settings?: Settings | undefined;

  /**
   * Like `settings`, for values that no state may hold, such as a client secret. Sent whenever the
   * gateway is written; change `settingsWoVersion` to have it written when nothing else changed.
   *
   * @default - none
   */
  readonly settingsWo?: Settings | undefined;

  /**
   * Any whole number. Change it to have `settingsWo` written again.
   *
   * @default - none
   */
  readonly settingsWoVersion?: number | undefined;
}
