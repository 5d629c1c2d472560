import { toDiagnostics } from "../convert/diagnostics";
import { objectFrom, toDynamicValue } from "../convert/dynamic-value";
import { identityFrom, toIdentity } from "../convert/identity";
import { toAttributePath } from "../convert/path";
import { planChange } from "../plan/plan-change";
import { decodePrivate, encodePrivate } from "../provider/private";
import { withoutWriteOnly } from "../schema/write-only";
import { deferral } from "./deferred";
import type { Handler } from "./handler";
import { resourceOf } from "./lookup";

export const planResourceChange: Handler<"planResourceChange"> = async (provider, request, signal) => {
  const resource = resourceOf(provider, request.typeName);
  const { schema, identity } = resource;
  const ctx = provider.context(signal, request.clientCapabilities);
  const prior = objectFrom(schema.type, request.priorState);
  const proposed = objectFrom(schema.type, request.proposedNewState);
  const config = objectFrom(schema.type, request.config);
  const library =
    proposed === null || config === null
      ? { planned: null, requiresReplace: [] }
      : planChange(schema, { config, prior, proposed });
  const own = await resource.plan?.({
    prior,
    proposed: library.planned,
    config,
    priorPrivate: decodePrivate(request.priorPrivate),
    priorIdentity: identityFrom(identity, request.priorIdentity),
    requiresReplace: library.requiresReplace,
    client: provider.client,
    ctx,
  });
  const planned = library.planned === null ? null : (own?.planned ?? library.planned);
  return {
    // Nothing changed: the very bytes that came.
    plannedState:
      planned !== null && planned === prior
        ? request.priorState
        : toDynamicValue(schema.type, planned === null ? null : withoutWriteOnly(schema.object, planned)),
    requiresReplace: (own?.requiresReplace ?? library.requiresReplace).map((path) =>
      toAttributePath(schema.type, path),
    ),
    plannedPrivate: own?.private === undefined ? request.priorPrivate : encodePrivate(own.private),
    plannedIdentity: toIdentity(identity, own?.identity) ?? request.priorIdentity,
    diagnostics: toDiagnostics(own?.diagnostics, schema.type),
    deferred: deferral(provider, ctx),
  };
};
