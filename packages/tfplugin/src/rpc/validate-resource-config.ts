import type { Handler } from "./handler";
import { resourceOf } from "./lookup";
import { validateAgainst } from "./validate";

export const validateResourceConfig: Handler<"validateResourceConfig"> = (provider, request, signal) => {
  const ctx = provider.context(signal, request.clientCapabilities);
  return validateAgainst(resourceOf(provider, request.typeName), request.config, ctx, ctx.writeOnlyAllowed);
};
