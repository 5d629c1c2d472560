import type { Finding } from "@mcpstack/model";

/** Everything that reconciling itself can refuse; what the API refuses is an `ApiError` of the api-client. */
export const reconcileErrorCodes = [
  "organization_mismatch",
  "gateway_name_ambiguous",
  "gateway_not_found",
  "server_not_found",
  "metadata_not_found",
  "gateway_has_servers",
  "user_information",
  "delete_not_done",
  "create_unconfirmed",
  "name_taken",
  "public_id_taken",
  "changed_meanwhile",
  "not_carried_out",
  "adopt_not_found",
  "adopt_ambiguous",
  "already_attached",
  "already_attached_here",
  "not_attached",
  "public_id_not_taken",
  "findings_refuse",
] as const;
export type ReconcileErrorCode = (typeof reconcileErrorCodes)[number];

/** A refusal with a stable code, the field it is about where there is one, and what to do next. */
export class ReconcileError extends Error {
  override readonly name: string = "ReconcileError";

  constructor(
    readonly code: ReconcileErrorCode,
    message: string,
    /** The configured field to point at, such as `["gatewayId"]`. */
    readonly path: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Nothing was written, since findings that count as errors speak against it. */
export class FindingsRefuse extends ReconcileError {
  constructor(readonly findings: readonly [Finding, ...Finding[]]) {
    const [first, ...more] = findings;
    const others = more.length === 0 ? "" : ` So do: ${more.map(({ code }) => code).join(", ")}.`;
    super("findings_refuse", `Nothing was written: ${first.summary} ${first.fix} (${first.code})${others}`, first.path);
  }
}

/** Something was made before the failure: an engine keeps `state`, so that nothing that exists is forgotten. */
export class PartialFailure<State> extends Error {
  override readonly name = "PartialFailure";

  constructor(
    override readonly cause: Error,
    readonly state: State,
  ) {
    super(cause.message);
  }
}
