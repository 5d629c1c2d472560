import { toDiagnostics } from "../convert/diagnostics";
import { toDynamicValue } from "../convert/dynamic-value";
import { identityFrom, toIdentity } from "../convert/identity";
import { errorDiagnostic, hasErrors } from "../diagnostics/diagnostic";
import { DiagnosticsError } from "../diagnostics/errors";
import { encodePrivate } from "../provider/private";
import { withoutWriteOnly } from "../schema/write-only";
import { deferral } from "./deferred";
import type { Handler } from "./handler";
import { clientFor, resourceOf } from "./lookup";

export const importResourceState: Handler<"importResourceState"> = async (provider, request, signal) => {
  const { typeName, id } = request;
  const resource = resourceOf(provider, typeName);
  const { schema, identity } = resource;
  const ctx = provider.context(signal, request.clientCapabilities);
  if (resource.import === undefined)
    throw new DiagnosticsError([errorDiagnostic(`Could not import ${typeName}`, "The resource type has no import.")]);
  const given = identityFrom(identity, request.identity);
  const deferred = deferral(provider, ctx);
  if (deferred !== undefined)
    return {
      deferred,
      importedResources: [
        { typeName, state: toDynamicValue(schema.type, Object.create(null)), identity: request.identity },
      ],
    };
  const client = clientFor(provider, `import ${typeName}`);
  const result = await resource.import({ id, identity: given, client, ctx });
  const diagnostics = toDiagnostics(result.diagnostics, schema.type);
  if (result.state === null) {
    if (hasErrors(result.diagnostics ?? [])) return { diagnostics };
    const what = id === "" ? "the given identity" : JSON.stringify(id);
    throw new DiagnosticsError([errorDiagnostic(`Could not import ${typeName}`, `There is none for ${what}.`)]);
  }
  return {
    importedResources: [
      {
        typeName,
        state: toDynamicValue(schema.type, withoutWriteOnly(schema.object, result.state)),
        private: encodePrivate(result.private ?? {}),
        identity: toIdentity(identity, result.identity) ?? request.identity,
      },
    ],
    diagnostics,
  };
};
