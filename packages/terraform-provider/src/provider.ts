import { connectionFields, validateConnection } from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import { type ProviderDefinition, schema } from "@mcpstack/tfplugin";
import { advising } from "./advice";
import { attachmentResource } from "./attachment/resource";
import { configure } from "./configure";
import { gatewayData } from "./data/gateway";
import { gatewayLogsData } from "./data/gateway-logs";
import { gatewayServersData } from "./data/gateway-servers";
import { gatewaysData } from "./data/gateways";
import { oauthMetadataData } from "./data/oauth-metadata";
import { serverData } from "./data/server";
import { problemDiagnostic } from "./diagnostics";
import { callbackUrlFunction } from "./functions/callback-url";
import { sameIssuerFunction } from "./functions/same-issuer";
import { gatewayResource } from "./gateway/resource";
import { attributesOf } from "./schema/attributes";
import { containsUnknown, fromAttributes } from "./values/convert";
import { keepingEmpty } from "./values/keeping-empty";

/** The provider `mcpstack`: the model's fields and the reconciler's operations, in Terraform's terms. */
export const provider: ProviderDefinition<Run> = {
  schema: schema({
    description:
      "Declares the OAuth gateways of MCP servers that MCP Stack hosts, and says when they disagree with what their issuers publish.",
    attributes: attributesOf(connectionFields),
  }),
  validateConfig: (config) =>
    validateConnection(fromAttributes(connectionFields, config), { isUnknown: containsUnknown }).map((problem) =>
      problemDiagnostic(problem, connectionFields),
    ),
  configure: (config, ctx) => ({ client: configure(config, ctx) }),
  resources: {
    mcpstack_gateway: advising(keepingEmpty(gatewayResource)),
    mcpstack_server_gateway_attachment: advising(keepingEmpty(attachmentResource)),
  },
  dataSources: {
    mcpstack_gateway: gatewayData,
    mcpstack_gateways: gatewaysData,
    mcpstack_server: serverData,
    mcpstack_gateway_servers: gatewayServersData,
    mcpstack_gateway_logs: gatewayLogsData,
    mcpstack_oauth_metadata: oauthMetadataData,
  },
  functions: { callback_url: callbackUrlFunction, same_issuer: sameIssuerFunction },
};
