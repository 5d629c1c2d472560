import { snakeCase } from "@mcpstack/model";
import { action, computed, keysOf, organizationId, type Program, type Scenario, UNKNOWN } from "./scenario";

type Values = Record<string, unknown>;

/** A scenario as `terraform show -json` would tell it (JSON Output Format, format 1.2). */
export function terraformPlan({ before, after }: Scenario): Values {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: [...gatewayChanges(before, after), ...attachmentChanges(before, after)],
    prior_state: { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: { resources: [] } } },
    configuration: configuration(after ?? {}),
    timestamp: "2026-11-24T08:00:00Z",
    applyable: true,
    complete: true,
    errored: false,
  };
}

function gatewayChanges(before?: Program, after?: Program): Values[] {
  return keysOf(before?.gateways, after?.gateways).map((key) => {
    const was = before?.gateways?.[key];
    const will = after?.gateways?.[key];
    return change(
      "mcpstack_gateway",
      key,
      was && { ...computed(key), ...was },
      will && { ...(was ? computed(key) : computedUnknown), ...will },
      false,
    );
  });
}

const computedUnknown = { id: UNKNOWN, organizationId: UNKNOWN, status: UNKNOWN, metadata: UNKNOWN };

function attachmentChanges(before?: Program, after?: Program): Values[] {
  return keysOf(before?.attachments, after?.attachments).map((key) => {
    const was = before?.attachments?.[key];
    const will = after?.attachments?.[key];
    const side = (attachment: typeof was) => {
      if (!attachment) return undefined;
      const { gateway, ...rest } = attachment;
      const isNew = before?.gateways?.[gateway] === undefined && after?.gateways?.[gateway] !== undefined;
      const id = before?.gateways?.[gateway] === undefined && !isNew ? gateway : `gw_${gateway}`;
      return { ...rest, gatewayId: isNew && attachment === will ? UNKNOWN : id, id: rest.serverId, organizationId };
    };
    return change("mcpstack_server_gateway_attachment", key, side(was), side(will), was?.serverId !== will?.serverId);
  });
}

function change(
  type: string,
  name: string,
  before: Values | undefined,
  after: Values | undefined,
  replaces: boolean,
): Values {
  const known = after && Object.fromEntries(Object.entries(after).filter(([, value]) => value !== UNKNOWN));
  const unknown =
    after &&
    Object.fromEntries(Object.entries(after).flatMap(([key, value]) => (value === UNKNOWN ? [[key, true]] : [])));
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/mcpstack/mcpstack",
    change: {
      actions: action(before, after, replaces),
      before: before ? terraformValues(before) : null,
      after: known ? terraformValues(known) : null,
      after_unknown: unknown ? terraformValues(unknown) : {},
      before_sensitive: before ? {} : false,
      after_sensitive: after ? {} : false,
    },
  };
}

function terraformValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      snakeCase(name),
      name === "settings" && value !== true
        ? JSON.stringify(value)
        : name === "metadata" && value !== true
          ? terraformValues(value as Values)
          : value,
    ]),
  );
}

function configuration({ gateways, attachments, provider }: Program): Values {
  const expressions = (values: Values) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        snakeCase(name),
        value === UNKNOWN ? { references: ["local.x"] } : { constant_value: value },
      ]),
    );
  return {
    provider_config: {
      mcpstack: {
        name: "mcpstack",
        full_name: "registry.terraform.io/mcpstack/mcpstack",
        ...(provider ? { expressions: expressions(provider) } : {}),
      },
    },
    root_module: {
      resources: [
        ...Object.entries(gateways ?? {}).map(([name, values]) => ({
          address: `mcpstack_gateway.${name}`,
          mode: "managed",
          type: "mcpstack_gateway",
          name,
          provider_config_key: "mcpstack",
          expressions: expressions(values),
          schema_version: 0,
        })),
        ...Object.entries(attachments ?? {}).map(([name, { gateway, ...rest }]) => ({
          address: `mcpstack_server_gateway_attachment.${name}`,
          mode: "managed",
          type: "mcpstack_server_gateway_attachment",
          name,
          provider_config_key: "mcpstack",
          expressions: {
            ...expressions(rest),
            gateway_id: gateways?.[gateway]
              ? { references: [`mcpstack_gateway.${gateway}.id`, `mcpstack_gateway.${gateway}`] }
              : { constant_value: gateway },
          },
          schema_version: 0,
        })),
      ],
    },
  };
}
