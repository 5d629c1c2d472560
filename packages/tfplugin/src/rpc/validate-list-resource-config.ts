import type { Handler } from "./handler";
import { listOf } from "./lookup";
import { validateAgainst } from "./validate";

export const validateListResourceConfig: Handler<"validateListResourceConfig"> = (provider, request, signal) =>
  validateAgainst(listOf(provider, request.typeName), request.config, provider.context(signal, undefined), true);
