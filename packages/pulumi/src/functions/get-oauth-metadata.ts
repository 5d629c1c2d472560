import * as pulumi from "@pulumi/pulumi";
import type { GatewayMetadata } from "../metadata";
import { lookups } from "./call";
import type { OutputArgs } from "./connection";

export interface GetOAuthMetadataArgs {
  /** Issuer identifier of the authorization server. */
  readonly authorizationServerUrl: string;
  /** Exact address of the discovery document, where it is not at a well-known address. */
  readonly metadataUrl?: string | undefined;
  /** Resource identifier of the upstream API, to read what it publishes about itself too. */
  readonly resource?: string | undefined;
  /** Scopes that a gateway would ask for, to be told in `findings` where they are not offered. */
  readonly scopes?: string[] | undefined;
}

/** Something worth saying about what is published. */
export interface OAuthMetadataFinding {
  /** Stable; the documentation has a page for each. */
  readonly code: string;
  readonly severity: "error" | "warn" | "info";
  /** What was found, in one line. */
  readonly summary: string;
  /** What to do. */
  readonly fix: string;
}

/** What is published, and where it was found. */
export interface GetOAuthMetadataResult extends GatewayMetadata {
  /** Address of the authorization server's document. */
  readonly url: string;
  /** What is worth saying about it, the severest first. */
  readonly findings: OAuthMetadataFinding[];
}

/** Reads what an authorization server publishes now (RFC 8414, OpenID Connect Discovery). No credential is sent. Fails where nothing is found. */
export async function getOAuthMetadata(args: GetOAuthMetadataArgs): Promise<GetOAuthMetadataResult> {
  return lookups().getOAuthMetadata(args);
}

/** `getOAuthMetadata` with outputs for arguments: it waits for them, and is unknown in a preview while they are. */
export function getOAuthMetadataOutput(args: OutputArgs<GetOAuthMetadataArgs>): pulumi.Output<GetOAuthMetadataResult> {
  return pulumi.output(args).apply((known) => getOAuthMetadata(known as GetOAuthMetadataArgs));
}
