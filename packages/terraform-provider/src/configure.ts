import { ApiClient, patienceOf, resolveConnection } from "@mcpstack/api-client";
import { connectionConfig, connectionFields } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { choiceNames, Run } from "@mcpstack/reconciler";
import type { ValueObject } from "@mcpstack/tfplugin";
import { fromAttributes, known, unknownFields } from "./values/convert";
import { version } from "./version";

/**
 * Prepares a run from the provider's configuration and the environment; opens no connection. Undefined while it is not known what to
 * connect to, such as a token that another resource makes. What is not known of the choices about metadata is carried into decisions.
 */
export function configure(attributes: ValueObject, terraformVersion: string): Run | undefined {
  const values = fromAttributes(connectionFields, attributes);
  const open = unknownFields(values);
  const unknown = choiceNames.filter((name) => open.includes(name));
  if (open.length > unknown.length) return undefined;
  const { metadataCheck, findings, trustedOrigins, caFile, allowInsecureMetadata, ...connection } = connectionConfig(
    known(values),
  );
  const { retryMs, readLagMs } = patienceOf(connection);
  const api = new ApiClient(resolveConnection(connection), {
    patienceMs: retryMs,
    userAgent: `terraform-provider-mcpstack/${version} (terraform ${terraformVersion || "unknown"})`,
  });
  return new Run({
    api,
    metadata: new MetadataReader({
      ...(caFile && { caFile }),
      ...(allowInsecureMetadata && { allowInsecureMetadata }),
    }),
    policy: { ...(metadataCheck && { metadataCheck }), ...(findings && { findings }) },
    trustedOrigins,
    unknown,
    readLagMs,
  });
}
