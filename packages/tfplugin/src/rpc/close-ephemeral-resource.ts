import { toDiagnostics } from "../convert/diagnostics";
import { decodePrivate } from "../provider/private";
import type { Handler } from "./handler";
import { clientFor, ephemeralOf } from "./lookup";

export const closeEphemeralResource: Handler<"closeEphemeralResource"> = async (provider, request, signal) => {
  const resource = ephemeralOf(provider, request.typeName);
  const client = clientFor(provider, `close ${request.typeName}`);
  const closed = await resource.close?.({
    private: decodePrivate(request.private),
    client,
    ctx: provider.context(signal, undefined),
  });
  return { diagnostics: toDiagnostics(closed?.diagnostics ?? [], resource.schema.type) };
};
