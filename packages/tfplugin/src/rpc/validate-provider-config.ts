import type { Handler } from "./handler";
import { validateAgainst } from "./validate";

export const validateProviderConfig: Handler<"validateProviderConfig"> = (provider, request, signal) => {
  const { definition } = provider;
  return validateAgainst(
    { schema: definition.schema, validate: (config, ctx) => definition.validateConfig?.(config, ctx) ?? [] },
    request.config,
    provider.context(signal, undefined),
    true,
  );
};
