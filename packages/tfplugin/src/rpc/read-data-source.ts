import { toDiagnostics } from "../convert/diagnostics";
import { configFrom, toDynamicValue } from "../convert/dynamic-value";
import { hasErrors } from "../diagnostics/diagnostic";
import { markUnknown } from "../plan/mark-unknown";
import { deferral } from "./deferred";
import type { Handler } from "./handler";
import { clientFor, dataSourceOf } from "./lookup";

export const readDataSource: Handler<"readDataSource"> = async (provider, request, signal) => {
  const source = dataSourceOf(provider, request.typeName);
  const { schema } = source;
  const ctx = provider.context(signal, request.clientCapabilities);
  const config = configFrom(schema.type, request.config);
  const deferred = deferral(provider, ctx);
  if (deferred !== undefined)
    return { deferred, state: toDynamicValue(schema.type, markUnknown(schema.object, config, undefined, config)) };
  const client = clientFor(provider, `read data.${request.typeName}`);
  const { state, diagnostics } = await source.read({ config, client, ctx });
  return {
    diagnostics: toDiagnostics(diagnostics, schema.type),
    ...(hasErrors(diagnostics ?? []) ? {} : { state: toDynamicValue(schema.type, state) }),
  };
};
