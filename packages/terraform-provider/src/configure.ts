import { ApiClient, patienceOf, resolveConnection } from "@mcpstack/api-client";
import { connectionConfig, connectionFields } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { choiceNames, logsMetadataRequest, logsRequest, type RequestLog, Run } from "@mcpstack/reconciler";
import type { Context, Log, ValueObject } from "@mcpstack/tfplugin";
import { fromAttributes, known, unknownFields } from "./values/convert";
import { version } from "./version";

/**
 * Prepares a run from the provider's configuration and the environment; opens no connection. Undefined while it is not known what to
 * connect to, such as a token that another resource makes. What is not known of the choices about metadata is carried into decisions.
 */
export function configure(
  attributes: ValueObject,
  { terraformVersion, log }: Pick<Context, "terraformVersion" | "log">,
): Run | undefined {
  const values = fromAttributes(connectionFields, attributes);
  const open = unknownFields(values);
  const unknown = choiceNames.filter((name) => open.includes(name));
  if (open.length > unknown.length) return undefined;
  const { metadataCheck, findings, trustedOrigins, caFile, allowInsecureMetadata, ...connection } = connectionConfig(
    known(values),
  );
  const { retryMs, readLagMs } = patienceOf(connection);
  const requests = requestLog(log);
  const api = new ApiClient(resolveConnection(connection), {
    patienceMs: retryMs,
    userAgent: `terraform-provider-mcpstack/${version} (terraform ${terraformVersion || "unknown"})`,
    onRequest: requests && logsRequest(requests),
  });
  return new Run({
    api,
    metadata: new MetadataReader({
      ...(caFile && { caFile }),
      ...(allowInsecureMetadata && { allowInsecureMetadata }),
      onRequest: requests && logsMetadataRequest(requests, (text) => api.secrets.hide(text)),
    }),
    policy: { ...(metadataCheck && { metadataCheck }), ...(findings && { findings }) },
    trustedOrigins,
    unknown,
    readLagMs,
  });
}

/** Where requests are told of at this level; undefined where nobody reads of them, so that they cost nothing. */
function requestLog(log: Log): RequestLog | undefined {
  if (!log.enabled("debug")) return undefined;
  return { debug: log.debug, trace: log.enabled("trace") ? log.trace : undefined };
}
