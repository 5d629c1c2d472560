import { connectionFields, defaultApiUrl, type Json, sameJson } from "@mcpstack/model";
import type { Opaque, ProviderChange } from "../../changes/change";
import { credentialFields, withoutCredential } from "../provider-values";
import { isRecord, parsedJson, readValues } from "../values";
import { pulumiMarks } from "./marks";
import type { PlannedProvider } from "./saved-plan";
import type { Step, StepState } from "./step";

const providerType = "pulumi:providers:pulumi-nodejs";

/** Key of the configuration of a resource: one with a connection of its own, or a provider that the program makes itself, has that. */
export function providerKeyOf(urn: string, state: StepState | undefined): string {
  if (connectionOf(state?.inputs.connection)) return urn;
  return state?.provider === undefined || isStacks(state.provider) ? "mcpstack" : state.provider;
}

/** Whether a provider is the one that has the stack's configuration, and not one that the program makes itself and calls `default_1`. */
function isStacks(urn: string): boolean {
  const [type, ...name] = urn.split("::").slice(2);
  return type === providerType && name.join("::") === "default";
}

type Settings = Readonly<Record<string, unknown>>;

/** What a provider says on both sides of a preview. */
interface Configured {
  /** Undefined where nothing tells. */
  readonly before: Settings | undefined;
  readonly after: Settings;
  /** Settings that change, where nothing tells what they were. */
  readonly changed?: readonly string[];
}

interface Inputs {
  readonly steps: readonly Step[];
  /** The steps of what is MCP Stack's. */
  readonly ours: readonly Step[];
  /** The stack's configuration. */
  readonly config: Settings;
  /** What it was in the base. */
  readonly earlierConfig: Settings | undefined;
  /** What a saved plan says of providers. */
  readonly planned: ReadonlyMap<string, PlannedProvider> | undefined;
}

interface Serving {
  readonly providers: readonly ProviderChange[];
  readonly opaque: readonly Opaque[];
  /** Whether the input holds what the stack's configuration was before. */
  readonly isCompared: boolean;
}

/**
 * What the resources are configured with: by the stack, whose configuration the default provider of dynamic resources copies at each
 * update (DESIGN, "Pulumi"), by a provider that the program makes itself, or by a `connection` of their own. A preview hides the step of
 * each provider whose name begins with `default` (pulumi/pulumi, `isInternalStep`), so that what was before is known from a preview of the
 * base, or from a saved plan.
 */
export function pulumiProviders(inputs: Inputs): Serving {
  const { ours } = inputs;
  const stack = stackOf(inputs);
  const made = madeProviders(inputs);
  const of = (urn: string | undefined) => (urn === undefined || isStacks(urn) ? stack : made.get(urn));
  const own = ours.flatMap((step) => ownOf(step, of, stack));
  const isSilent =
    isEmpty(stack.after) && isEmpty(stack.before ?? {}) && !own.some(({ change }) => change?.key === "mcpstack");
  return {
    providers: [
      ...(isSilent ? [] : [changeOf({ key: "mcpstack", use: "continued" }, stack.before, stack.after)]),
      ...own.flatMap(({ change }) => change ?? []),
      ...[...made].flatMap(([urn, { before, after }]) =>
        isEmpty(after) && isEmpty(before ?? {})
          ? []
          : [
              changeOf(
                { key: urn, address: urn, use: before ? "continued" : "new", source: sourceOf(inputs, urn) },
                before ?? {},
                after,
              ),
            ],
      ),
    ],
    opaque: unique([
      ...untoldOf("the stack's configuration", "provider.mcpstack", stack),
      ...[...made].flatMap(([urn, one]) => untoldOf("this provider", urn, one)),
      ...own.flatMap(({ opaque }) => opaque ?? []),
      ...otherPlugins(inputs),
    ]),
    isCompared: stack.before !== undefined || inputs.planned !== undefined || isEmpty(stack.after),
  };
}

/** What changes, is not known to have been something, and is told by no comparison with what is added. */
function untoldOf(whose: string, address: string, { changed = [], after }: Configured): Opaque[] {
  const isTold = (field: string) =>
    field === "apiUrl" || field === "organization"
      ? ![undefined, "", defaultApiUrl].includes(after[field] as string)
      : false;
  return changed
    .filter((field) => ["apiUrl", "organization", "metadataCheck", "findings"].includes(field) && !isTold(field))
    .map((field) => ({
      address,
      concerns: true,
      what: `${field} of ${whose} changes, and neither the preview nor the saved plan holds what it was`,
    }));
}

/** The step of the default provider is shown by no current engine; where it is, it tells most. */
function stackOf({ steps, config, earlierConfig, planned }: Inputs): Configured {
  const step = steps.find(({ urn, type, before }) => type === providerType && isStacks(urn) && before);
  const now = settingsOf(config);
  const [, plan] = [...(planned ?? [])].find(([urn]) => isStacks(urn)) ?? [];
  if (step?.before) return { before: settingsOf(step.before.inputs), after: now };
  if (earlierConfig) return { before: settingsOf(earlierConfig), after: now };
  if (plan) return plannedOf(plan);
  return { before: planned && isEmpty(now) ? now : undefined, after: now };
}

function plannedOf({ inputs, changed, isNew }: PlannedProvider): Configured {
  const after = settingsOf(inputs);
  if (isNew) return { before: undefined, after };
  const names = Object.keys(settingsOf(Object.fromEntries([...changed].map((name) => [name, ""]))));
  return {
    before: Object.fromEntries(Object.entries(after).filter(([name]) => !names.includes(name))),
    // What nothing tells to have been is left out, as if it were added.
    after,
    changed: names,
  };
}

/** Providers that the program makes itself, as far as the input shows them. */
function madeProviders({ steps, planned }: Inputs): ReadonlyMap<string, Configured> {
  const made = new Map<string, Configured>();
  for (const [urn, plan] of planned ?? []) if (!isStacks(urn)) made.set(urn, plannedOf(plan));
  for (const { op, urn, type, before, after } of steps) {
    if (type !== providerType || op === "refresh" || !after || isStacks(urn)) continue;
    made.set(urn, { before: before && settingsOf(before.inputs), after: settingsOf(after.inputs) });
  }
  return made;
}

function sourceOf({ steps }: Inputs, urn: string) {
  return steps.find((step) => step.urn === urn && step.after)?.after?.source;
}

/** Of a resource with a connection of its own, or that goes over to another provider: what that comes to. */
function ownOf(
  { op, urn, before, after, unchangedSecrets }: Step,
  of: (urn: string | undefined) => Configured | undefined,
  stack: Configured,
): { change?: ProviderChange; opaque?: Opaque }[] {
  if (op === "refresh" || op.startsWith("delete") || !after) return [];
  const unseen = {
    address: urn,
    concerns: true,
    what: "What the provider of this resource says is not in the preview",
  };
  const [from, to] = [of(before?.provider), of(after.provider)];
  const isOther = before !== undefined && keyOf(before.provider) !== keyOf(after.provider);
  // A provider that does not change is not in every preview, and one with such a name in none.
  const isHidden = after.provider !== undefined && /::default[^:]*$/.test(after.provider);
  const doubts = to === undefined && (isOther || before === undefined || isHidden) ? [{ opaque: unseen }] : [];
  if (isOther && from === undefined && to !== undefined) doubts.push({ opaque: unseen });
  const [was, will] = [before?.inputs.connection, after.inputs.connection].map(connectionOf);
  const isConnected = was !== undefined || will !== undefined;
  if (!isConnected && (!isOther || to === undefined)) return doubts;
  const key = providerKeyOf(urn, after);
  const source = { key, address: urn, use: before ? ("continued" as const) : ("new" as const), source: after.source };
  // Where nothing tells what the stack said before, what it says now is no change of this resource's.
  const earlier = before ? { ...(from?.before ?? from?.after), ...was } : stack.before && {};
  const change = changeOf(source, earlier, { ...to?.after, ...will });
  const isSettled = unchangedSecrets?.has("connection") === true;
  return [...doubts, { change: isSettled ? { ...change, settled: new Set(Object.keys(will ?? {})) } : change }];
}

function keyOf(provider: string | undefined): string {
  return provider === undefined || isStacks(provider) ? "mcpstack" : provider;
}

/** A provider that the program makes may name another plugin, which is other code. */
function otherPlugins({ steps }: Inputs): Opaque[] {
  const pluginOf = (state: StepState | undefined) =>
    ["pluginDownloadURL", "__internal"].map((name) => (state?.inputs[name] ?? null) as Json);
  return steps.flatMap(({ op, urn, type, before, after }) =>
    type !== providerType ||
    op === "refresh" ||
    !after ||
    pluginOf(after).every((one) => one === null) ||
    sameJson(pluginOf(before), pluginOf(after))
      ? []
      : [{ address: urn, concerns: true, what: "The plugin of this provider comes from elsewhere" }],
  );
}

function unique(found: readonly Opaque[]): Opaque[] {
  return [...new Map(found.map((one) => [JSON.stringify([one.address, one.what]), one])).values()];
}

/** A connection that is secret or unknown as a whole may lead anywhere. */
function connectionOf(connection: unknown): Record<string, unknown> | undefined {
  if (connection === undefined || connection === null) return undefined;
  if (pulumiMarks.isUnknown(connection)) return { apiUrl: connection, organization: connection };
  if (!pulumiMarks.isSecret(connection)) return isRecord(connection) ? connection : undefined;
  const plain = pulumiMarks.reveal?.(connection);
  return isRecord(plain) ? plain : { apiUrl: connection, organization: connection };
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
