import { identityType, toIdentity } from "../convert/identity";
import { DiagnosticsError } from "../diagnostics/errors";
import { valueFromJson } from "../provider/json-value";
import type { Handler } from "./handler";
import { resourceOf, unsupported } from "./lookup";
import { jsonOf, plainJsonOf } from "./raw-state";
import { noUpgrade } from "./upgrade-resource-state";

export const upgradeResourceIdentity: Handler<"upgradeResourceIdentity"> = async (provider, request, signal) => {
  const { identity } = resourceOf(provider, request.typeName);
  if (identity === undefined) throw unsupported("resource identity", request.typeName);
  const version = Number(request.version);
  if (version === (identity.version ?? 0)) {
    const value = valueFromJson(identityType(identity), jsonOf(request.rawIdentity, request.typeName));
    return { upgradedIdentity: toIdentity(identity, value) };
  }
  const from = identity.upgrade?.[version];
  if (from === undefined)
    throw new DiagnosticsError([noUpgrade(`${request.typeName}'s identity`, version, identity.version ?? 0)]);
  const value = await from(plainJsonOf(request.rawIdentity, request.typeName), provider.context(signal, undefined));
  return { upgradedIdentity: toIdentity(identity, value) };
};
