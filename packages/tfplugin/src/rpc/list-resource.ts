import { toDiagnostics } from "../convert/diagnostics";
import { configFrom, toDynamicValue } from "../convert/dynamic-value";
import { toIdentity } from "../convert/identity";
import { withoutWriteOnly } from "../schema/write-only";
import type { Handler } from "./handler";
import { clientFor, listOf, resourceOf } from "./lookup";

export const listResource: Handler<"listResource"> = async function* (provider, request, signal) {
  const { typeName } = request;
  const list = listOf(provider, typeName);
  const { schema, identity } = resourceOf(provider, typeName);
  const limit = Number(request.limit);
  const found = list.list({
    config: configFrom(list.schema.type, request.config),
    client: clientFor(provider, `list ${typeName}`),
    limit,
    includeResource: request.includeResourceObject,
    ctx: provider.context(signal, undefined),
  });
  let count = 0;
  for await (const one of found) {
    yield {
      identity: toIdentity(identity, one.identity),
      displayName: one.displayName,
      diagnostic: toDiagnostics(one.diagnostics, list.schema.type),
      ...(request.includeResourceObject && one.resource !== undefined
        ? { resourceObject: toDynamicValue(schema.type, withoutWriteOnly(schema.object, one.resource)) }
        : {}),
    };
    // An author may leave the limit to the library.
    if (++count === limit) return;
  }
};
