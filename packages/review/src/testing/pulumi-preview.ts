import { action, computed, keysOf, organizationId, type Program, type Scenario, UNKNOWN } from "./scenario";

type Values = Record<string, unknown>;

const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const provider = "urn:pulumi:dev::petalpal::pulumi:providers:pulumi-nodejs::default::7c2a";
const handlers = { Gateway: "gateway", ServerGatewayAttachment: "attachment" } as const;
const ops: Readonly<Record<string, string>> = {
  create: "create",
  delete: "delete",
  "no-op": "same",
  update: "update",
  "delete,create": "replace",
};

export function urnOf(type: "Gateway" | "ServerGatewayAttachment", name: string): string {
  return `urn:pulumi:dev::petalpal::pulumi-nodejs:dynamic/mcpstack:${type}::${name}`;
}

/** A scenario as `pulumi preview --json` would tell it. */
export function pulumiPreview({ before, after }: Scenario): Values {
  const steps = [
    {
      op: "same",
      urn: "urn:pulumi:dev::petalpal::pulumi:pulumi:Stack::petalpal-dev",
      newState: { type: "pulumi:pulumi:Stack", custom: false },
    },
    ...providerSteps(before),
    ...gatewaySteps(before, after),
    ...attachmentSteps(before, after),
  ];
  return { config: config(after), steps, duration: 1_000_000, changeSummary: { same: 1 } };
}

/** The same preview in its streaming form: one event a line. */
export function pulumiEvents(scenario: Scenario): string {
  const preview = pulumiPreview(scenario);
  const steps = preview.steps as Values[];
  const events: Values[] = [
    { preludeEvent: { config: preview.config } },
    ...steps.map((step) => ({
      resourcePreEvent: {
        metadata: {
          op: step.op,
          urn: step.urn,
          type: (step.newState as Values)?.type ?? (step.oldState as Values)?.type,
          old: step.oldState ?? null,
          new: step.newState ?? null,
          detailedDiff: null,
          provider,
        },
        planning: true,
      },
    })),
    { summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: { same: 1 }, isPreview: true } },
  ];
  return events.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1_795_000_000, ...event })).join("\n");
}

function config(program?: Program): Values {
  return Object.fromEntries(
    Object.entries(program?.provider ?? {}).map(([name, value]) => [
      `mcpstack:${name}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function providerSteps(before?: Program): Values[] {
  if (!before?.provider) return [];
  const state = {
    urn: "urn:pulumi:dev::petalpal::pulumi:providers:pulumi-nodejs::default",
    custom: true,
    id: "7c2a",
    type: "pulumi:providers:pulumi-nodejs",
    inputs: config(before),
  };
  return [{ op: "same", urn: state.urn, oldState: state, newState: state }];
}

function gatewaySteps(before?: Program, after?: Program): Values[] {
  return keysOf(before?.gateways, after?.gateways).map((key) => {
    const was = before?.gateways?.[key];
    const will = after?.gateways?.[key];
    return step(
      "Gateway",
      key,
      was && state("Gateway", key, was, computed(key)),
      will && state("Gateway", key, will, was ? computed(key) : {}),
      false,
    );
  });
}

function attachmentSteps(before?: Program, after?: Program): Values[] {
  return keysOf(before?.attachments, after?.attachments).map((key) => {
    const was = before?.attachments?.[key];
    const will = after?.attachments?.[key];
    const side = (attachment: typeof was, program: Program | undefined) => {
      if (!attachment) return undefined;
      const { gateway, ...rest } = attachment;
      const isInside = program?.gateways?.[gateway] !== undefined;
      const isNew = isInside && before?.gateways?.[gateway] === undefined;
      const inputs = { ...rest, gatewayId: isNew ? UNKNOWN : isInside ? `gw_${gateway}` : gateway };
      const dependencies = isInside ? { propertyDependencies: { gatewayId: [urnOf("Gateway", gateway)] } } : {};
      return {
        ...state("ServerGatewayAttachment", key, inputs, { id: rest.serverId, organizationId }),
        ...dependencies,
      };
    };
    return step("ServerGatewayAttachment", key, side(was, before), side(will, after), was?.serverId !== will?.serverId);
  });
}

function step(
  type: "Gateway" | "ServerGatewayAttachment",
  name: string,
  oldState: Values | undefined,
  newState: Values | undefined,
  replaces: boolean,
): Values {
  const op = ops[action(oldState, newState, replaces).join()];
  return {
    op,
    urn: urnOf(type, name),
    provider,
    ...(oldState ? { oldState } : {}),
    ...(newState ? { newState } : {}),
    detailedDiff: null,
  };
}

function state(type: "Gateway" | "ServerGatewayAttachment", name: string, values: Values, outputs: Values): Values {
  const inputs = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === UNKNOWN ? unknownText : value]),
  );
  return {
    urn: urnOf(type, name),
    custom: true,
    ...(typeof outputs.id === "string" ? { id: outputs.id } : {}),
    type: `pulumi-nodejs:dynamic/mcpstack:${type}`,
    inputs: {
      __provider: `exports.handler = () => require('@mcpstack/pulumi/provider').${handlers[type]};`,
      ...inputs,
    },
    outputs: { ...inputs, ...outputs },
    provider,
    sourcePosition: "project:///index.ts#12,5",
  };
}
