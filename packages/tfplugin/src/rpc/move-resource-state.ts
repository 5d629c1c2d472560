import { toDiagnostics } from "../convert/diagnostics";
import { toDynamicValue } from "../convert/dynamic-value";
import { toIdentity } from "../convert/identity";
import { errorDiagnostic, hasErrors } from "../diagnostics/diagnostic";
import { DiagnosticsError } from "../diagnostics/errors";
import { decodePrivate, encodePrivate } from "../provider/private";
import { withoutWriteOnly } from "../schema/write-only";
import type { Handler } from "./handler";
import { resourceOf } from "./lookup";
import { plainJsonOf } from "./raw-state";

export const moveResourceState: Handler<"moveResourceState"> = async (provider, request, signal) => {
  const resource = resourceOf(provider, request.targetTypeName);
  const { schema, identity } = resource;
  const result = await resource.moveState?.({
    providerAddress: request.sourceProviderAddress,
    typeName: request.sourceTypeName,
    schemaVersion: Number(request.sourceSchemaVersion),
    state: plainJsonOf(request.sourceState, request.sourceTypeName),
    private: decodePrivate(request.sourcePrivate),
    identity: plainJsonOf(request.sourceIdentity, request.sourceTypeName),
    ctx: provider.context(signal, undefined),
  });
  if (result === undefined || (result.state === null && !hasErrors(result.diagnostics ?? [])))
    throw new DiagnosticsError([
      errorDiagnostic(
        `Could not move ${request.sourceTypeName} to ${request.targetTypeName}`,
        `${request.targetTypeName} cannot take over the state of a ${request.sourceTypeName} of ${request.sourceProviderAddress}. Import the resource instead.`,
      ),
    ]);
  const diagnostics = toDiagnostics(result.diagnostics, schema.type);
  if (result.state === null) return { diagnostics };
  return {
    targetState: toDynamicValue(schema.type, withoutWriteOnly(schema.object, result.state)),
    targetPrivate: encodePrivate(result.private ?? {}),
    targetIdentity: toIdentity(identity, result.identity),
    diagnostics,
  };
};
