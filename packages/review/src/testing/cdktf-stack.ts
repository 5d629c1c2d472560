import { snakeCase } from "@mcpstack/model";
import { type Program, UNKNOWN } from "./scenario";

type Values = Record<string, unknown>;

/** A program as CDKTF would synthesise it. */
export function cdktfStack({ gateways, attachments, provider }: Program = {}): Values {
  const element = (name: string, values: Values) => ({
    "//": { metadata: { path: `petalpal/${name}/Resource`, uniqueId: name } },
    ...Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        snakeCase(key),
        value === UNKNOWN ? `\${var.${snakeCase(key)}}` : value,
      ]),
    ),
  });
  return {
    "//": { metadata: { backend: "local", stackName: "petalpal", version: "0.21.0" }, outputs: {} },
    provider: { mcpstack: [terraformSpelling(provider ?? {})] },
    resource: {
      mcpstack_gateway: Object.fromEntries(
        Object.entries(gateways ?? {}).map(([name, { metadata: _metadata, ...values }]) => [
          name,
          element(name, values),
        ]),
      ),
      mcpstack_server_gateway_attachment: Object.fromEntries(
        Object.entries(attachments ?? {}).map(([name, { gateway, ...values }]) => [
          name,
          element(name, { ...values, gatewayId: gateways?.[gateway] ? `\${mcpstack_gateway.${gateway}.id}` : gateway }),
        ]),
      ),
    },
    terraform: { required_providers: { mcpstack: { source: "mcpstack/mcpstack", version: "0.1.0" } } },
  };
}

function terraformSpelling(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [snakeCase(key), value]));
}
