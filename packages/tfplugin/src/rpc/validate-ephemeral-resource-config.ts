import type { Handler } from "./handler";
import { ephemeralOf } from "./lookup";
import { validateAgainst } from "./validate";

export const validateEphemeralResourceConfig: Handler<"validateEphemeralResourceConfig"> = (
  provider,
  request,
  signal,
) =>
  validateAgainst(ephemeralOf(provider, request.typeName), request.config, provider.context(signal, undefined), true);
