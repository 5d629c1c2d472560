import { toDiagnostics } from "../convert/diagnostics";
import { configFrom } from "../convert/dynamic-value";
import { hasErrors } from "../diagnostics/diagnostic";
import type { Handler } from "./handler";

export const configureProvider: Handler<"configureProvider"> = async (provider, request, signal) => {
  const { definition } = provider;
  provider.terraformVersion = request.terraformVersion;
  const config = configFrom(definition.schema.type, request.config);
  const answer = await definition.configure(config, provider.context(signal, request.clientCapabilities));
  const diagnostics = answer.diagnostics ?? [];
  if (!hasErrors(diagnostics)) provider.configured(answer);
  return { diagnostics: toDiagnostics(diagnostics, definition.schema.type) };
};
