import type { IResolvable } from "cdktf";
import type { FindingSeverity, MetadataCheck } from "./findings";

/** Which API, whose organization, and what is trusted. */
export interface McpstackProviderProps {
  /**
   * Base address of the MCP Stack API.
   *
   * @default - the environment variable `MCPSTACK_API_URL` or `AGENETIX_API_URL`, whichever set of variables counts, else
   * `https://api.mcpstack.com`
   */
  readonly apiUrl?: string | undefined;

  /**
   * Id or slug of the organization that owns the gateways.
   *
   * @default - the environment variable `MCPSTACK_ORG_ID` or `AGENETIX_ORG_ID`, of the set that the address comes from, else the first
   * organization that the credential can see
   */
  readonly organization?: string | undefined;

  /**
   * OAuth access token for the API. It wins where an API key is given too. Without `apiUrl`, a credential of one set of variables
   * (`MCPSTACK_…`, `AGENETIX_…`) goes to that set's address and never to the other's; any other credential goes where a set names an
   * address, and two that differ are an error.
   *
   * @default - the environment variable `MCPSTACK_ACCESS_TOKEN`, or, where no `MCPSTACK_` credential is set, `AGENETIX_ACCESS_TOKEN`
   */
  readonly accessToken?: string | undefined;

  /**
   * Service-account key for the API.
   *
   * @default - the environment variable `MCPSTACK_API_KEY`, or, where no `MCPSTACK_` credential is set, `AGENETIX_API_KEY`
   */
  readonly apiKey?: string | undefined;

  /**
   * How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from
   * writing, but never stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says
   * anything. It caps severity and never raises it. A gateway's own `metadataCheck` takes its place.
   *
   * @default - "warn"
   */
  readonly metadataCheck?: MetadataCheck | undefined;

  /**
   * Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside
   * those that the gateway's own URLs name and those that were accepted in the same role. A move to any other origin is
   * never accepted by an apply. A gateway's own `trustedOrigins` are added to these.
   *
   * @default - none
   */
  readonly trustedOrigins?: readonly string[] | undefined;

  /**
   * What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings.
   * `metadataCheck` still caps the result. A gateway's own `findings` take precedence, code by code.
   *
   * @default - each finding's own severity
   */
  readonly findings?: Readonly<Record<string, FindingSeverity>> | undefined;

  /**
   * File with PEM certificates of further certificate authorities to trust when metadata is fetched. For the API
   * itself, set the environment variable `NODE_EXTRA_CA_CERTS`.
   *
   * @default - none
   */
  readonly caFile?: string | undefined;

  /**
   * Whether metadata may be fetched over plain http. Loopback addresses may always be. For test networks only:
   * whoever can change such an answer decides where users sign in.
   *
   * @default - false
   */
  readonly allowInsecureMetadata?: boolean | IResolvable | undefined;

  /**
   * How long, in seconds, to be patient with an API that limits how often it is asked (429, 503) or that fails: the
   * whole run pauses and tries again, with growing pauses or as long as `Retry-After` says, until it succeeds or this
   * time is over. From 0 to 3600.
   *
   * @default - the environment variable `MCPSTACK_RETRY_TIMEOUT`, else 120
   */
  readonly retryTimeout?: number | undefined;

  /**
   * How long, in seconds, reads and lists of the API may lag behind its writes. Within this time of a write, what is
   * not found yet, or shows just what stood there before, is looked at again before it counts as gone, as drift or as
   * an error. From 0 to 3600; 0 believes every first look.
   *
   * @default - the environment variable `MCPSTACK_READ_LAG`, else 30
   */
  readonly readLag?: number | undefined;

  /**
   * Name of this configuration, where a stack has several of the provider.
   *
   * @default - none: the stack's default configuration
   */
  readonly alias?: string | undefined;
}
