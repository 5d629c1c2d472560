import { connectionFields } from "@mcpstack/model";
import type { ProviderChange } from "../../changes/change";
import { readValues } from "../values";
import { pulumiMarks } from "./marks";
import type { Step } from "./step";

/**
 * The stack's configuration now, and the copy of it that the default provider of dynamic resources took at the last update
 * (DESIGN, "Pulumi"). A stack that was never updated has none.
 */
export function pulumiProvider(steps: readonly Step[], config: Readonly<Record<string, unknown>>): ProviderChange[] {
  const now = settingsOf(config);
  const provider = steps.find(({ type, before }) => type === "pulumi:providers:pulumi-nodejs" && before);
  const earlier = provider?.before && settingsOf(provider.before.inputs);
  if (Object.keys(now).length === 0 && (!earlier || Object.keys(earlier).length === 0)) return [];
  const after = readValues(connectionFields, now, pulumiMarks);
  const plainSecrets = (["accessToken", "apiKey"] as const).filter(
    (name) => typeof now[name] === "string" && now[name] !== "" && !pulumiMarks.isSecret(now[name]),
  );
  return [
    {
      key: "mcpstack",
      before: earlier && withoutSecrets(readValues(connectionFields, earlier, pulumiMarks).values),
      after: withoutSecrets(after.values),
      unknown: after.unknown,
      plainSecrets,
    },
  ];
}

/** Configuration values are text; lists, maps and booleans are JSON in it. */
function settingsOf(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]): [string, unknown][] => {
      const name = key.startsWith("mcpstack:") ? key.slice("mcpstack:".length) : key;
      const field = Object.hasOwn(connectionFields, name)
        ? connectionFields[name as keyof typeof connectionFields]
        : undefined;
      if (!field) return [];
      return [[name, field.type === "string" || typeof value !== "string" ? value : parsed(value)]];
    }),
  );
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function withoutSecrets(values: ProviderChange["after"]): NonNullable<ProviderChange["after"]> {
  const { accessToken: _accessToken, apiKey: _apiKey, ...rest } = values ?? {};
  return rest;
}
