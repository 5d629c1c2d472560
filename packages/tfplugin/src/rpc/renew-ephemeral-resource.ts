import { toDiagnostics } from "../convert/diagnostics";
import { toTimestamp } from "../convert/timestamp";
import { decodePrivate, encodePrivate } from "../provider/private";
import type { Handler } from "./handler";
import { clientFor, ephemeralOf } from "./lookup";

export const renewEphemeralResource: Handler<"renewEphemeralResource"> = async (provider, request, signal) => {
  const resource = ephemeralOf(provider, request.typeName);
  const client = clientFor(provider, `renew ${request.typeName}`);
  const renewed = await resource.renew?.({
    private: decodePrivate(request.private),
    client,
    ctx: provider.context(signal, undefined),
  });
  return {
    diagnostics: toDiagnostics(renewed?.diagnostics, resource.schema.type),
    renewAt: toTimestamp(renewed?.renewAt),
    private: renewed?.private === undefined ? request.private : encodePrivate(renewed.private),
  };
};
