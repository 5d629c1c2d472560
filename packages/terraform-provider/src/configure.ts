import { ApiClient, resolveConnection } from "@mcpstack/api-client";
import { connectionConfig, connectionFields } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { Run } from "@mcpstack/reconciler";
import type { ValueObject } from "@mcpstack/tfplugin";
import { fromAttributes, unknownFields } from "./values/convert";
import { version } from "./version";

/**
 * Prepares a run from the provider's configuration and the environment; opens no connection. Undefined while the configuration is not
 * known yet, such as a token that another resource makes.
 */
export function configure(attributes: ValueObject, terraformVersion: string): Run | undefined {
  const values = fromAttributes(connectionFields, attributes);
  if (unknownFields(values).length > 0) return undefined;
  const { metadataCheck, findings, trustedOrigins, caFile, allowInsecureMetadata, ...connection } =
    connectionConfig(values);
  const api = new ApiClient(resolveConnection(connection), {
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
  });
}
