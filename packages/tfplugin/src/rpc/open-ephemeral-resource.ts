import { toDiagnostics } from "../convert/diagnostics";
import { configFrom, toDynamicValue } from "../convert/dynamic-value";
import { toTimestamp } from "../convert/timestamp";
import { hasErrors } from "../diagnostics/diagnostic";
import { markUnknown } from "../plan/mark-unknown";
import { encodePrivate } from "../provider/private";
import { deferral } from "./deferred";
import type { Handler } from "./handler";
import { clientFor, ephemeralOf } from "./lookup";

export const openEphemeralResource: Handler<"openEphemeralResource"> = async (provider, request, signal) => {
  const resource = ephemeralOf(provider, request.typeName);
  const { schema } = resource;
  const ctx = provider.context(signal, request.clientCapabilities);
  const config = configFrom(schema.type, request.config);
  const deferred = deferral(provider, ctx);
  if (deferred !== undefined)
    return { deferred, result: toDynamicValue(schema.type, markUnknown(schema.object, config, undefined, config)) };
  const client = clientFor(provider, `open ${request.typeName}`);
  const opened = await resource.open({ config, client, ctx });
  return {
    diagnostics: toDiagnostics(opened.diagnostics, schema.type),
    ...(hasErrors(opened.diagnostics ?? []) ? {} : { result: toDynamicValue(schema.type, opened.result) }),
    renewAt: toTimestamp(opened.renewAt),
    private: opened.private === undefined ? undefined : encodePrivate(opened.private),
  };
};
