import type { AcceptedMetadata, GatewayProfile } from "@mcpstack/model";
import { type Discovered, hasExplicitEndpoints } from "../discover";
import { expectedIssuer, isMetadataAddress } from "../discovery/well-known";
import type { AuthorizationServerMetadata } from "../documents/authorization-server";
import { type Product, productNames, recognizeProduct } from "../products/recognize";
import { type Acceptance, acceptMetadata } from "../trust/accept-metadata";
import { liveMetadata } from "../trust/live-metadata";

export interface JudgeInput {
  readonly profile: GatewayProfile;
  /** Left out where nothing was read. */
  readonly discovered?: Discovered | undefined;
  /** What an earlier apply accepted. */
  readonly accepted?: AcceptedMetadata | undefined;
  /** Origins that the provider's configuration trusts, beside those of the profile. */
  readonly trustedOrigins: readonly string[];
  /** The profile before a change under review: only then are additions judged. */
  readonly previous?: GatewayProfile | undefined;
  /** Callback URLs of the attached servers, where they are known. */
  readonly callbackUrls?: readonly string[] | undefined;
}

/** A profile and everything that rules ask about it, worked out once. */
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
  const { profile, discovered, accepted, trustedOrigins } = input;
  const document = discovered.authorizationServer.document;
  return {
    ...input,
    server: discovered.authorizationServer,
    document,
    expectedIssuer: expectedIssuer(profile.authorizationServerUrl),
    exactAddress: profile.metadataUrl !== undefined || isMetadataAddress(profile.authorizationServerUrl),
    explicit: hasExplicitEndpoints(profile),
    product: recognizeProduct(document, profile.authorizationServerUrl),
    acceptance: acceptMetadata({ accepted, live: liveMetadata(discovered, profile), profile, trustedOrigins }),
  };
}

/** The product's name where it is known, else "the authorization server". */
export function whose(of: Pick<Subject, "product">): string {
  return of.product ? productNames[of.product] : "the authorization server";
}
