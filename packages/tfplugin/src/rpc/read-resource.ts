import { toDiagnostics } from "../convert/diagnostics";
import { objectFrom, toDynamicValue } from "../convert/dynamic-value";
import { identityFrom, toIdentity } from "../convert/identity";
import { diagnosticsOf } from "../diagnostics/errors";
import { decodePrivate, encodePrivate } from "../provider/private";
import { withoutWriteOnly } from "../schema/write-only";
import { deferral } from "./deferred";
import type { Handler } from "./handler";
import { clientFor, resourceOf } from "./lookup";

export const readResource: Handler<"readResource"> = async (provider, request, signal) => {
  const resource = resourceOf(provider, request.typeName);
  const { schema, identity } = resource;
  const ctx = provider.context(signal, request.clientCapabilities);
  const untouched = {
    newState: request.currentState,
    private: request.private,
    newIdentity: request.currentIdentity,
  };
  const state = objectFrom(schema.type, request.currentState);
  if (state === null) return untouched;
  if (provider.waiting) return { ...untouched, deferred: deferral(provider, ctx) };
  try {
    const result = await resource.read({
      state,
      private: decodePrivate(request.private),
      identity: identityFrom(identity, request.currentIdentity),
      client: clientFor(provider, `read ${request.typeName}`),
      ctx,
    });
    return {
      newState: toDynamicValue(
        schema.type,
        result.state === null ? null : withoutWriteOnly(schema.object, result.state),
      ),
      private: result.private === undefined ? request.private : encodePrivate(result.private),
      newIdentity: toIdentity(identity, result.identity) ?? request.currentIdentity,
      diagnostics: toDiagnostics(result.diagnostics, schema.type),
    };
  } catch (error) {
    return { ...untouched, diagnostics: toDiagnostics(diagnosticsOf(error, `read ${request.typeName}`), schema.type) };
  }
};
