import { connectionFields, type Fields, type JsonObject, sameAsTyped, sameJson, snakeCase } from "@mcpstack/model";
import type { Action, Opaque, PlanChanges, ProviderChange, ResourceChange, Values } from "../../changes/change";
import type { InputDocument } from "../document";
import { pairConfigurations } from "../pair-configurations";
import { changedSources, type Sources } from "../provider-sources";
import { credentialFields, isOurSource, withoutCredential } from "../provider-values";
import { readValues, text } from "../values";
import { keyOf, withoutKey } from "./instances";
import { Unresolved } from "./scope";
import { concernsUs, requireBlocks, type Stack, type StackResource, stackOf } from "./stack";

/**
 * Compares two synthesised stacks, the one of the base branch and the one of the head, without any credential or state. A stack that did
 * not exist is given as undefined.
 *
 * @throws ReviewInputError
 */
export function compareStacks(base: InputDocument | undefined, head: InputDocument): PlanChanges {
  for (const document of base ? [base, head] : [head]) requireBlocks(document);
  const before = base && stackOf(base);
  const after = stackOf(head);
  const pairs = [...after.resources.values()].map((resource) => ({
    after: resource,
    before: before && earlierOf(resource, before, after),
  }));
  const changes = [
    ...pairs.map((pair) => changeOf(pair.before, pair.after, after, before)),
    ...goneOf(before, after, new Set(pairs.map((pair) => pair.before))).map((gone) =>
      changeOf(gone, undefined, after, before),
    ),
  ];
  const publishers = publishersOf(before, after);
  return {
    frontEnd: "cdktf",
    engine: after.engine,
    gateways: changes.filter(({ kind }) => kind === "gateway"),
    attachments: changes.filter(({ kind }) => kind === "attachment"),
    providers: providersOf(before, after),
    unplanned: [],
    lookedUp: [],
    serverNames: [],
    opaque: [
      ...changedModules(before, after),
      ...changedState(before, after),
      ...movedAway(before, after),
      ...changedNumbers(before, after),
      ...changedSources(publishers.before, publishers.after, (address) => movedFrom(address, after)),
    ],
    resources: head.counted,
    notes: [
      "Two synthesised stacks were compared, without a state: what was changed outside of the program is not seen, and a variable counts " +
        "as its default, whatever values it is given.",
    ],
  };
}

/** What a resource was in the base: under its address, or the one that it was moved from. */
function earlierOf({ address }: StackResource, before: Stack, after: Stack): StackResource | undefined {
  const [name, key] = [withoutKey(address), keyOf(address)];
  const movedName = after.moved.get(name);
  const was = (at: string | undefined) => (at === undefined ? undefined : before.resources.get(at));
  return (
    was(after.moved.get(address)) ??
    was(movedName && `${movedName}${key}`) ??
    was(address) ??
    // The engine itself takes the one instance and the first one of a `count` for the same.
    (key === "[0]" ? (was(movedName) ?? was(name)) : key === "" ? was(`${movedName ?? address}[0]`) : undefined) ??
    // Where nobody can tell how many there are or were, one stands for all.
    (changedNumber(name, before, after) ? (was(name) ?? firstOf(name, before)) : undefined)
  );
}

function firstOf(name: string, { resources }: Stack): StackResource | undefined {
  return [...resources.values()].find(({ address }) => withoutKey(address) === name);
}

/** What is no longer in the stack. What goes over to a place that is not in it, or may still be there, is told as that. */
function goneOf(
  before: Stack | undefined,
  after: Stack,
  taken: ReadonlySet<StackResource | undefined>,
): StackResource[] {
  const leaving = new Set(after.moved.values());
  return [...(before?.resources.values() ?? [])].filter((resource) => {
    const { address } = resource;
    if (taken.has(resource) || after.resources.has(address)) return false;
    return !leaving.has(address) && !(before && changedNumber(withoutKey(address), before, after));
  });
}

/** Whether nobody can tell if the instances of a resource are those of the base. */
function changedNumber(name: string, before: Stack, after: Stack): boolean {
  const [was, will] = [before.instances.get(name), after.instances.get(name)];
  if (was === undefined || will === undefined) return false;
  if (was instanceof Unresolved && will instanceof Unresolved) return was.meaning !== will.meaning;
  return was instanceof Unresolved || will instanceof Unresolved;
}

function changedNumbers(before: Stack | undefined, after: Stack): Opaque[] {
  return [...after.instances.keys()].flatMap((address) =>
    before && changedNumber(address, before, after)
      ? [{ address, concerns: true, what: `Which instances of ${address} come and go is decided by an expression` }]
      : [],
  );
}

function changeOf(
  before: StackResource | undefined,
  after: StackResource | undefined,
  stack: Stack,
  base: Stack | undefined,
): ResourceChange {
  const resource = (after ?? before) as StackResource;
  const { fields, address } = resource;
  const once = ignoredOnce(before, after);
  const sides = withIgnored(compareSides(fields, before?.arguments, after?.arguments, address), once);
  const action = actionOf(fields, sides.before, sides.after, sides.unknown);
  return {
    kind: resource.kind,
    address,
    label: address,
    previousAddress: before && before.address !== address ? before.address : undefined,
    action: action === "delete" && stack.forgotten.has(withoutKey(address)) ? "forget" : action,
    before: sides.before,
    after: sides.after,
    unknown: sides.unknown,
    sensitive: new Set(Object.keys(fields).filter((name) => fields[name]?.sensitive)),
    hidden: new Set(),
    imported: before === undefined && stack.imported.has(withoutKey(address)),
    deferred: false,
    gatewayReference: {
      before: before?.gateways,
      after: after && once.has("gatewayId") ? { ...after.gateways, open: true } : after?.gateways,
    },
    providerKey: resource.providerKey,
    configuredBefore: before && readValues(connectionFields, base?.providers.get(before.providerKey), marks).values,
    constructPath: resource.constructPath,
    source: resource.source,
  };
}

/**
 * What the engine begins or ceases to leave alone is then what the program says, or what the service holds: neither tells of a change, and
 * where the program says the same as before, the apply may bring it all the same.
 */
function withIgnored(sides: Sides, fields: ReadonlySet<string>): Sides {
  if (fields.size === 0) return sides;
  const without = (values: Values) => Object.fromEntries(Object.entries(values).filter(([name]) => !fields.has(name)));
  return { ...sides, after: sides.after && without(sides.after), unknown: new Set([...sides.unknown, ...fields]) };
}

/** Fields that the engine leaves alone on one side, and not on the other. */
function ignoredOnce(before: StackResource | undefined, after: StackResource | undefined): ReadonlySet<string> {
  if (!before || !after || sameJson(before.ignored, after.ignored)) return new Set();
  return new Set(
    Object.keys(after.fields).filter((name) => !sameJson([...leftAlone(before, name)], [...leftAlone(after, name)])),
  );
}

/** What of a field the engine leaves alone: all of it, or parts, such as `findings["a"]`. */
function leftAlone({ ignored }: StackResource, name: string): readonly string[] {
  const parts = ignored.filter((one) => [name, snakeCase(name)].includes(one.replace(/[.[].*$/s, "")));
  const isWhole = ignored.includes("all") || parts.some((one) => !/[.[]/.test(one));
  return isWhole ? ["all"] : [...new Set(parts)];
}

interface Sides {
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  readonly unknown: ReadonlySet<string>;
}

const marks = { isUnknown: (value: unknown) => value instanceof Unresolved, isSecret: () => false };

/** What means the same in both stacks is no change, though its value is in neither. */
function compareSides(fields: Fields, before: Values | undefined, after: Values | undefined, where: string): Sides {
  const was = before && readValues(fields, before, marks, `${where} (base)`);
  const will = after && readValues(fields, after, marks, where);
  const unchanged = [...(will?.unknown ?? [])].filter(
    (name) => before && after && sameJson(raw(before, name), raw(after, name)),
  );
  const without = (values: Values) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !unchanged.includes(name)));
  return {
    before: was && without(was.values),
    after: will && without(will.values),
    unknown: new Set([...(will?.unknown ?? [])].filter((name) => !unchanged.includes(name))),
  };
}

function raw(values: Values, name: string): Values[string] {
  return values[name] ?? values[snakeCase(name)];
}

function actionOf(
  fields: Fields,
  before: Values | undefined,
  after: Values | undefined,
  unknown: ReadonlySet<string>,
): Action {
  if (!before) return "create";
  if (!after) return "delete";
  const changed = Object.entries(fields)
    .filter(([name, field]) => unknown.has(name) || !sameAsTyped(field, before[name], after[name]))
    .map(([name]) => name);
  if (changed.some((name) => fields[name]?.replaces)) return "replace";
  return changed.length > 0 ? "update" : "none";
}

/** The configurations of a stack, each with the one that was in force for the same resources. */
function providersOf(before: Stack | undefined, after: Stack): ProviderChange[] {
  const sideOf = ({ providers, uses }: Stack) => ({ keys: new Set(providers.keys()), uses });
  if (before === undefined)
    return [...after.providers].map(([key, settings]) => providerOf({ key, use: "new" }, undefined, settings));
  const isAlike = (earlier: string, key: string) =>
    sameJson(withoutAlias(before.providers.get(earlier)), withoutAlias(after.providers.get(key)));
  return pairConfigurations(sideOf(before), sideOf(after), (address) => movedFrom(address, after), isAlike).map(
    ({ key, earlier, address, use }) => {
      const was = earlier === undefined ? undefined : before.providers.get(earlier);
      return providerOf({ key, address, use }, was ?? {}, after.providers.get(key) ?? {});
    },
  );
}

/** Where something may have been in the base, by its address without the key of an instance. */
function movedFrom(address: string, { moved }: Stack): readonly string[] {
  return [...[...moved].flatMap(([to, from]) => (withoutKey(to) === address ? [withoutKey(from)] : [])), address];
}

function withoutAlias(settings: Values | undefined): JsonObject {
  const { alias: _alias, ...rest } = settings ?? {};
  return rest as JsonObject;
}

function providerOf(
  of: Pick<ProviderChange, "key" | "address" | "source" | "use">,
  before: Values | undefined,
  after: Values,
): ProviderChange {
  const sides = compareSides(connectionFields, before, after, of.address ?? `provider ${of.key}`);
  const plainSecrets = of.address ? [] : credentialFields.filter((name) => text(sides.after?.[name]));
  return {
    ...of,
    before: sides.before && withoutCredential(sides.before),
    after: sides.after && withoutCredential(sides.after),
    unknown: sides.unknown,
    sensitive: new Set(),
    hidden: new Set(),
    plainSecrets,
  };
}

/** What goes over into a module, or to an instance that nobody can tell to be there, is no longer in the stack. */
function movedAway(before: Stack | undefined, after: Stack): Opaque[] {
  const isIn = ({ resources }: Stack, address: string) =>
    resources.has(address) || [...resources.keys()].some((one) => withoutKey(one) === address);
  return [...after.moved].flatMap(([to, from]) =>
    before && isIn(before, from) && !isIn(after, to)
      ? [{ address: from, concerns: true, what: `What becomes of ${from} at ${to} is not in the stack` }]
      : [],
  );
}

/**
 * Who publishes what serves the resources of two stacks; and, where there are modules, in which alone it stands what they are served by,
 * what the names that were ours before stand for.
 */
function publishersOf(before: Stack | undefined, after: Stack): { before: Sources | undefined; after: Sources } {
  if (before === undefined || after.modules.size === 0) return { before: before?.sources, after: after.sources };
  const ours = [...before.required].flatMap(([name, source]) => (isOurSource(source) ? [name] : []));
  const named = ({ sources, required }: Stack): Sources =>
    new Map([
      ...sources,
      ...ours.flatMap((name) => {
        const source = required.get(name);
        return source === undefined ? [] : [[`provider.${name}`, new Set([source])] as const];
      }),
    ]);
  return { before: named(before), after: named(after) };
}

/** Another state holds what was before in the place of the base's program. */
function changedState(before: Stack | undefined, after: Stack): Opaque[] {
  if (before === undefined || sameJson(before.state as never, after.state as never)) return [];
  return [
    {
      address: "terraform.backend",
      concerns: true,
      what: "What was before is in another state, which the program now names",
    },
  ];
}

/** What a module holds stands in its source, which a synthesised stack only names. */
function changedModules(before: Stack | undefined, after: Stack): Opaque[] {
  const told = (name: string, call: unknown, what: string): Opaque => ({
    address: `module.${name}`,
    concerns: concernsUs(call),
    what: `What module ${name} holds is not in a synthesised stack, and its call ${what}`,
  });
  const come = [...after.modules].flatMap(([name, call]) => {
    const earlier = before?.modules.get(name);
    if (earlier !== undefined && sameJson(earlier as never, call as never)) return [];
    return [told(name, call, earlier === undefined ? "is new" : "changes")];
  });
  const gone = [...(before?.modules ?? [])].filter(([name, call]) => !after.modules.has(name) && concernsUs(call));
  return [...come, ...gone.map(([name, call]) => told(name, call, "goes"))];
}
