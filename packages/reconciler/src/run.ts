import {
  type ApiClient,
  type ApiError,
  type AttachmentDocument,
  type GatewayDocument,
  GatewayReads,
  isApiError,
  type ListedGateways,
} from "@mcpstack/api-client";
import type { Finding, FindingPolicy, GatewayState } from "@mcpstack/model";
import { type MetadataReader, safeText } from "@mcpstack/oauth-metadata";
import { LeftGateways } from "./attachment/left-gateways";
import { RunServers } from "./attachment/servers";
import { ReconcileError } from "./errors";
import type { ChoiceName } from "./gateway/findings";
import type { Hear } from "./notice";

/** What calls of one operation share. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told what a person must hear of beside the result. Default: nobody listens. */
  readonly hear?: Hear | undefined;
}

export interface RunOptions {
  readonly api: ApiClient;
  readonly metadata: MetadataReader;
  /** The provider's own choices; a gateway's come before them. */
  readonly policy?: Partial<FindingPolicy>;
  readonly trustedOrigins?: readonly string[] | undefined;
  /** Choices that are not known yet. Default: all are. */
  readonly unknown?: readonly ChoiceName[] | undefined;
  /** First wait, in milliseconds, for what a write has not shown yet; each further one is twice as long. Default: 100. */
  readonly patienceMs?: number | undefined;
  /** How long reads and lists may lag behind writes, in milliseconds. Default: 30,000. */
  readonly readLagMs?: number | undefined;
}

/**
 * One run of an engine against one organization: what its operations learn once and share. Every operation of this package takes it first.
 */
export class Run {
  readonly api: ApiClient;
  readonly reads: GatewayReads;
  readonly metadata: MetadataReader;
  readonly policy: Partial<FindingPolicy>;
  readonly trustedOrigins: readonly string[];
  readonly unknown: readonly ChoiceName[];
  /** Gateways that some resource of this run stands for; a create whose answer was lost must not adopt one of them. */
  readonly claimed = new Set<string>();
  /** When gateways were made, in milliseconds since 1970, as far as this run made them or a state remembers. */
  readonly made = new Map<string, number>();
  /** Names that gateways of this program's state have, or are planned to have. */
  readonly ownNames = new Set<string>();
  /** Gateways that this run deleted, as they were. A service that makes ids of names gives them to their successors. */
  readonly deleted = new Map<string, GatewayState>();
  /** Gateways that this run took over. A resource under an older name must not delete them. */
  readonly adopted = new Set<string>();
  /** What is done to servers' attachments. */
  readonly servers = new RunServers();
  /** Gateways that are planned to be deleted, and servers that are planned to go from one gateway to another in place. */
  readonly leftGateways = new LeftGateways();
  /** Gateways whose logs this run looked into beside a finding. */
  readonly logsRead = new Set<string>();
  readonly readLagMs: number;
  readonly #patienceMs: number;
  readonly #said = new Set<string>();
  readonly #turns = new Map<string, Promise<unknown>>();
  #before: Promise<ListedGateways> | undefined;
  #credential: Promise<ApiError | undefined> | undefined;
  /** Whether a person was told that the credential does not work: once says it for all resources. */
  isCredentialTold = false;

  constructor(options: RunOptions) {
    this.api = options.api;
    this.reads = new GatewayReads(options.api);
    this.metadata = options.metadata;
    this.policy = options.policy ?? {};
    this.trustedOrigins = options.trustedOrigins ?? [];
    this.unknown = options.unknown ?? [];
    this.#patienceMs = options.patienceMs ?? 100;
    this.readLagMs = options.readLagMs ?? 30_000;
  }

  /**
   * The waits between looks at what a write has not shown yet, in milliseconds: 1.5 s in all, and 6.3 s where the service itself said that it
   * was not done yet (202, RFC 9110 §15.3.3).
   */
  patience(status?: number): readonly number[] {
    return Array.from({ length: status === 202 ? 6 : 4 }, (_, at) => this.#patienceMs * 2 ** at);
  }

  /** The gateways, by their ids, that there were before the first create of this run, listed once (DESIGN, "Writes that may have happened"). */
  async gatewaysBefore(): Promise<ReadonlyMap<string, GatewayDocument>> {
    return new Map((await this.listedBefore()).gateways.map((gateway) => [gateway.id, gateway]));
  }

  /** That list, with what is to be known of it where something is not in it. */
  listedBefore(): Promise<ListedGateways> {
    this.#before ??= this.api.listGateways().catch((error: unknown) => {
      this.#before = undefined;
      throw error;
    });
    return this.#before;
  }

  /** Why the API does not take the credential: asked once, and undefined where it takes it or cannot be asked. */
  credentialRefusal(options: CallOptions): Promise<ApiError | undefined> {
    this.#credential ??= this.api.organizationId(options).then(
      () => undefined,
      (error: unknown) =>
        isApiError(error, "unauthenticated", "forbidden", "organization_not_found") ? error : undefined,
    );
    return this.#credential;
  }

  /** Runs works of one key one after another, in the order in which they came. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work, work);
    this.#turns.set(key, turn);
    return turn;
  }

  /** Fails where a state belongs to another organization: a wrong token must never look like "everything is gone". */
  async assertOwner(
    kind: string,
    state: { readonly id: string; readonly organizationId: string },
    options: CallOptions,
  ): Promise<void> {
    const organization = await this.api.organizationId(options);
    if (state.organizationId === "" || state.organizationId === organization) return;
    throw new ReconcileError(
      "organization_mismatch",
      `${kind} ${state.id} belongs to organization ${state.organizationId}, but the provider works on ${organization}. ` +
        `Nothing was read or changed. Set the provider's organization (or MCPSTACK_ORG_ID) to ${state.organizationId} and check which ` +
        "organization the credential is for.",
    );
  }

  /** Gives the document of a gateway or an attachment back. Fails where it names another organization than the one that was asked. */
  async owned<Document extends GatewayDocument | AttachmentDocument | null>(
    document: Document | Promise<Document>,
    options: CallOptions,
  ): Promise<Document> {
    const read = await document;
    if (read === null || !(await this.api.isOfAnotherOrganization(read, options))) return read;
    throw new ReconcileError(
      "organization_mismatch",
      `${"id" in read ? `Gateway ${read.id}` : `The attachment of a server to gateway ${read.gatewayId}`} was asked for in organization ${await this.api.organizationId(options)}, and the document that was answered belongs to ` +
        `organization ${safeText(this.api.secrets.hide(read.organizationId ?? ""))}. Nothing was changed. Check the id, and the provider's ` +
        "organization (or MCPSTACK_ORG_ID).",
    );
  }

  /**
   * Leaves out what was already said in this run about the same document, or about the same subject where no document was read. Not what
   * another policy made another severity of: what one gateway lists as worth knowing must not hide what another one fails for.
   *
   * @param subject - whose findings these are.
   */
  unsaid(findings: readonly Finding[], subject: string): Finding[] {
    return findings.filter(({ code, severity, path, where = ["of", subject], expected, found }) => {
      const key = JSON.stringify([code, severity, path, where, expected, found]);
      if (this.#said.has(key)) return false;
      this.#said.add(key);
      return true;
    });
  }
}
