import type { Handler } from "./handler";
import { dataSourceOf } from "./lookup";
import { validateAgainst } from "./validate";

export const validateDataResourceConfig: Handler<"validateDataResourceConfig"> = (provider, request, signal) =>
  validateAgainst(dataSourceOf(provider, request.typeName), request.config, provider.context(signal, undefined), true);
