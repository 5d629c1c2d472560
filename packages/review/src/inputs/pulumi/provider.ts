import { connectionFields } from "@mcpstack/model";
import type { ProviderChange } from "../../changes/change";
import { credentialFields, withoutCredential } from "../provider-values";
import { isRecord, parsedJson, readValues } from "../values";
import { pulumiMarks } from "./marks";
import type { Step } from "./step";

/**
 * The stack's configuration now, and the copy of it that the default provider of dynamic resources took at the last update
 * (DESIGN, "Pulumi"). A stack that was never updated has none. A resource that names a `connection` of its own has what that says in the
 * place of the configuration.
 */
export function pulumiProviders(
  steps: readonly Step[],
  ours: ReadonlySet<string>,
  config: Readonly<Record<string, unknown>>,
): ProviderChange[] {
  const provider = steps.find(({ type, before }) => type === "pulumi:providers:pulumi-nodejs" && before);
  const now = settingsOf(config);
  const earlier = provider?.before && settingsOf(provider.before.inputs);
  const stack =
    isEmpty(now) && (earlier === undefined || isEmpty(earlier))
      ? []
      : [changeOf({ key: "mcpstack", use: "continued" }, earlier, now)];
  const own = steps.flatMap(({ op, urn, before, after, unchangedSecrets }) => {
    if (!ours.has(urn) || op === "refresh" || !after) return [];
    const [was, will] = [before?.inputs.connection, after.inputs.connection].map(connectionOf);
    if (was === undefined && will === undefined) return [];
    const of = { key: urn, address: urn, use: before ? "continued" : "new", source: after.source } as const;
    // Where nothing tells what the stack said before, what it says now is no change of this resource's.
    const change = changeOf(of, before ? { ...(earlier ?? now), ...was } : earlier && {}, { ...now, ...will });
    return [unchangedSecrets?.has("connection") ? { ...change, settled: new Set(Object.keys(will ?? {})) } : change];
  });
  return [...stack, ...own, ...explicitProviders(steps)];
}

/** A connection that is secret or unknown as a whole may lead anywhere. */
function connectionOf(connection: unknown): Record<string, unknown> | undefined {
  if (connection === undefined || connection === null) return undefined;
  if (pulumiMarks.isUnknown(connection)) return { apiUrl: connection, organization: connection };
  if (!pulumiMarks.isSecret(connection)) return isRecord(connection) ? connection : undefined;
  const plain = pulumiMarks.reveal?.(connection);
  return isRecord(plain) ? plain : { apiUrl: connection, organization: connection };
}

/** A provider for dynamic resources that the program makes itself takes the configuration's place. */
function explicitProviders(steps: readonly Step[]): ProviderChange[] {
  return steps.flatMap(({ op, urn, type, before, after }) => {
    if (type !== "pulumi:providers:pulumi-nodejs" || op === "refresh" || !after || /::default(?:_|$)/.test(urn))
      return [];
    const now = settingsOf(after.inputs);
    return isEmpty(now)
      ? []
      : [
          changeOf(
            { key: urn, address: urn, use: "continued", source: after.source },
            before && settingsOf(before.inputs),
            now,
          ),
        ];
  });
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}

function changeOf(
  of: Pick<ProviderChange, "key" | "address" | "source" | "use">,
  earlier: Readonly<Record<string, unknown>> | undefined,
  now: Readonly<Record<string, unknown>>,
): ProviderChange {
  const before = earlier && readValues(connectionFields, earlier, pulumiMarks, `configuration of ${of.key} (earlier)`);
  const after = readValues(connectionFields, now, pulumiMarks, `configuration of ${of.key}`);
  const plainSecrets = credentialFields.filter(
    (name) => typeof now[name] === "string" && now[name] !== "" && !pulumiMarks.isSecret(now[name]),
  );
  return {
    ...of,
    before: before && withoutCredential(before.values),
    after: withoutCredential(after.values),
    unknown: after.unknown,
    sensitive: new Set([...(before?.sensitive ?? []), ...after.sensitive]),
    hidden: new Set([...(before?.hidden ?? []), ...after.hidden]),
    plainSecrets,
  };
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
      return [[name, field.type === "string" ? value : parsedJson(value)]];
    }),
  );
}
