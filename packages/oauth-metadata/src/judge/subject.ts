import type { AcceptedMetadata, GatewayProfile, ObservedProfile, ProfileField } from "@mcpstack/model";
import { type Discovered, hasExplicitEndpoints, serverFor } from "../discover";
import { expectedIssuer, isMetadataAddress } from "../discovery/well-known";
import type { AuthorizationServerMetadata } from "../documents/authorization-server";
import { isEntraV1Issuer, type Product, productNames, recognizeProduct } from "../products/recognize";
import type { FormerlyAccepted } from "../trust/accept-metadata";
import { type Acceptance, acceptMetadata } from "../trust/accept-metadata";
import type { IssuerChoice } from "../trust/issuer-choice";
import { liveMetadata } from "../trust/live-metadata";
import type { Attached } from "./attached";
import { partlyKnown } from "./known";

export interface JudgeInput {
  /** Fields that are not known yet are absent here, and named in `unknown`. */
  readonly profile: GatewayProfile;
  /** What depends on one of these is not judged. */
  readonly unknown?: readonly ProfileField[] | undefined;
  /** Left out where nothing was read. */
  readonly discovered?: Discovered | undefined;
  /** What an earlier apply accepted. */
  readonly accepted?: AcceptedMetadata | undefined;
  /** What the program named when that was accepted. Default: what the profile names. */
  readonly choice?: IssuerChoice | undefined;
  /** What was accepted of issuers that the program named before that. */
  readonly formerly?: readonly FormerlyAccepted[] | undefined;
  /** Origins that the provider's configuration trusts, beside those of the profile. */
  readonly trustedOrigins: readonly string[];
  /** The profile before a change under review: only then are additions judged. */
  readonly previous?: GatewayProfile | undefined;
  /** Callback URLs of the attached servers, where they are known. */
  readonly callbackUrls?: readonly string[] | undefined;
  /** What hangs on the gateway, where it is known. */
  readonly attached?: Attached | undefined;
  /** What the API holds in fields that the profile leaves unset, and this project did not see there when it wrote the gateway. */
  readonly setElsewhere?: ObservedProfile | undefined;
  /** What the API held in such fields already when this project wrote the gateway. */
  readonly filled?: ObservedProfile | undefined;
}

/** A profile and everything that rules ask about it, worked out once, when it is asked for. */
export interface Subject extends JudgeInput {
  readonly discovered: Discovered;
  readonly server: Discovered["authorizationServer"];
  readonly document: AuthorizationServerMetadata | undefined;
  readonly expectedIssuer: string;
  /** The address of the document is given, by its own field or in the place of the issuer. */
  readonly exactAddress: boolean;
  readonly explicit: boolean;
  readonly product: Product | undefined;
  readonly acceptance: Acceptance;
}

export function subject(input: JudgeInput & { readonly discovered: Discovered }): Subject {
  const { discovered, unknown = [] } = input;
  const profile = partlyKnown(input.profile, unknown);
  let acceptance: Acceptance | undefined;
  return {
    ...input,
    profile,
    get server() {
      return serverFor(discovered, profile);
    },
    get document() {
      return serverFor(discovered, profile).document;
    },
    get expectedIssuer() {
      return expectedIssuer(profile.authorizationServerUrl);
    },
    get exactAddress() {
      return profile.metadataUrl !== undefined || isMetadataAddress(profile.authorizationServerUrl);
    },
    get explicit() {
      return hasExplicitEndpoints(profile);
    },
    get product() {
      return recognizeProduct(serverFor(discovered, profile).document, profile.authorizationServerUrl);
    },
    get acceptance() {
      acceptance ??= acceptanceOf(input);
      return acceptance;
    },
  };
}

/** A resource that is not known yet keeps nobody from saying what became of the authorization server. */
function acceptanceOf(input: JudgeInput & { readonly discovered: Discovered }): Acceptance {
  const { accepted, choice = input.profile, formerly, discovered, trustedOrigins, unknown = [] } = input;
  const blurred = unknown.includes("resource");
  const profile = partlyKnown(
    blurred ? { ...input.profile, resource: undefined } : input.profile,
    unknown.filter((name) => name !== "resource"),
  );
  return acceptMetadata({
    accepted: blurred && accepted ? { ...accepted, resource: undefined } : accepted,
    choice: blurred ? { ...choice, resource: undefined } : choice,
    formerly,
    live: liveMetadata(discovered, profile),
    profile,
    trustedOrigins,
  });
}

/** The product's name where it is known, else "the authorization server". */
export function whose(of: Pick<Subject, "product">): string {
  return of.product ? productNames[of.product] : "the authorization server";
}

export function isEntra({ product }: Pick<Subject, "product">): boolean {
  return product === "entra" || product === "entra-external-id";
}

/**
 * Whether users sign in at the endpoints of Entra ID's first version, which take a resource by itself: a GUID or a URI, and scopes without a
 * prefix. The endpoints tell, where they are known; a first-version issuer has them else.
 */
export function isEntraV1({ product, profile, document, expectedIssuer }: Subject): boolean {
  if (product !== "entra") return false;
  const endpoint = /\/oauth2\/(v2\.0\/)?token$/.exec(profile.tokenEndpoint ?? document?.token_endpoint ?? "");
  return endpoint ? endpoint[1] === undefined : isEntraV1Issuer(document?.issuer ?? expectedIssuer);
}
