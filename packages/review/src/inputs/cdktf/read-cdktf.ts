import { connectionFields, type Fields, type JsonObject, sameAsTyped, sameJson, snakeCase } from "@mcpstack/model";
import type { Action, Opaque, PlanChanges, ProviderChange, ResourceChange, Values } from "../../changes/change";
import type { InputDocument } from "../document";
import { pairConfigurations } from "../pair-configurations";
import { changedSources, type Sources } from "../provider-sources";
import { credentialFields, isOurSource, withoutCredential } from "../provider-values";
import { readValues, text } from "../values";
import { keyOf, withoutKey } from "./instances";
import { afterMoves, type Move } from "./moves";
import { concernsUs, requireBlocks, type Stack, type StackResource, stackOf } from "./stack";
import { Unresolved } from "./unresolved";

/**
 * Compares two synthesised stacks, the one of the base branch and the one of the head, without any credential or state. A stack that did
 * not exist is given as undefined.
 *
 * @throws ReviewInputError
 */
export function compareStacks(base: InputDocument | undefined, head: InputDocument): PlanChanges {
  for (const document of base ? [base, head] : [head]) requireBlocks(document);
  const before = base && stackOf(base);
  const after = stackOf(head, before);
  const succession = successionOf(before, after);
  const changes = changesOf(before, after, succession);
  const publishers = publishersOf(before, after);
  const earlierNames = earlierNamesOf(changes);
  return {
    frontEnd: "cdktf",
    engine: after.engine,
    gateways: changes.filter(({ kind }) => kind === "gateway"),
    attachments: changes.filter(({ kind }) => kind === "attachment"),
    providers: providersOf(before, after, earlierNames),
    unplanned: [],
    lookedUp: [],
    serverNames: [],
    opaque: [
      ...changedModules(before, after),
      ...changedState(before, after),
      ...succession.lost.map(
        ({ from, to }): Opaque => ({
          address: from,
          concerns: true,
          what: `What becomes of ${from} at ${to} is not in the stack`,
        }),
      ),
      ...cameFromModules(before, after, succession),
      ...changedNumbers(before, after, succession),
      ...changedProviderInstances(before, after, succession),
      ...changedSources(publishers.before, publishers.after, earlierNames),
    ],
    resources: head.counted,
    notes: [
      "Two synthesised stacks were compared, without a state: what was changed outside of the program is not seen, and a variable counts " +
        "as its default, whatever values it is given.",
    ],
  };
}

/** What of the base goes on as what, and what does not. */
interface Succession {
  /** What is there now, to what it was. */
  readonly earlier: ReadonlyMap<StackResource, StackResource>;
  /** What was there, by where it is after the moves, when nothing in the stack goes on with it. */
  readonly gone: ReadonlyMap<string, StackResource>;
  /** What goes over into a module, or to an instance that nobody can tell to be there. */
  readonly lost: readonly Move[];
  /** What was there by where it is after the moves. */
  readonly moved: ReadonlyMap<string, StackResource>;
}

function successionOf(before: Stack | undefined, after: Stack): Succession {
  const isOpen = (stack: Stack | undefined, name: string) => stack?.instances.get(name) instanceof Unresolved;
  const moved = afterMoves(before?.resources ?? new Map<string, StackResource>(), after.moves, (address) =>
    isOpen(before, address),
  );
  const byName = new Map<string, StackResource>();
  for (const [address, resource] of moved)
    if (!byName.has(withoutKey(address))) byName.set(withoutKey(address), resource);
  const earlier = new Map<StackResource, StackResource>();
  for (const resource of after.resources.values()) {
    const [name, key] = [withoutKey(resource.address), keyOf(resource.address)];
    const was =
      moved.get(resource.address) ??
      // The engine itself takes the one instance and the first one of a `count` for the same.
      (key === "[0]" ? moved.get(name) : key === "" ? moved.get(`${name}[0]`) : undefined) ??
      // Where nobody can tell how many there are or were, one stands for all.
      (changedNumber(name, before, after, moved) ? (moved.get(name) ?? byName.get(name)) : undefined);
    if (was) earlier.set(resource, was);
  }
  const taken = new Set(earlier.values());
  const left = [...moved].filter(([address, resource]) => {
    return (
      !taken.has(resource) &&
      !(address === resource.address && changedNumber(withoutKey(address), before, after, moved))
    );
  });
  const isLost = (address: string, resource: StackResource) =>
    address !== resource.address && (address.startsWith("module.") || isOpen(after, withoutKey(address)));
  return {
    earlier,
    gone: new Map(left.filter(([address, resource]) => !isLost(address, resource))),
    lost: left.flatMap(([to, resource]) => (isLost(to, resource) ? [{ from: resource.address, to }] : [])),
    moved,
  };
}

function changesOf(before: Stack | undefined, after: Stack, succession: Succession): ResourceChange[] {
  const { earlier, gone, moved } = succession;
  const nowAt = new Map([...moved].map(([address, { address: was }]) => [was, address]));
  for (const [{ address }, was] of earlier)
    if (!(before?.instances.get(was.address) instanceof Unresolved)) nowAt.set(was.address, address);
  const isSameGateway = (was: StackResource, will: StackResource) => {
    const [from, to] = [was.gateways, will.gateways].map(({ addresses, open }) => (open ? undefined : addresses[0]));
    return from === undefined || to === undefined ? undefined : placeOf(from, nowAt) === to;
  };
  return [
    ...[...after.resources.values()].map((resource) => {
      const was = earlier.get(resource);
      return changeOf(was, resource, { after, before, isSameGateway: was && isSameGateway(was, resource) });
    }),
    ...[...gone].map(([address, resource]) => changeOf(resource, undefined, { after, before, address })),
  ];
}

/** Where the gateway that the base calls by an address is now. */
function placeOf(address: string, nowAt: ReadonlyMap<string, string>): string {
  const name = withoutKey(address);
  const now = nowAt.get(address);
  // One that stands for all instances is under the resource's own address.
  return now ?? `${nowAt.get(name) ?? name}${keyOf(address)}`;
}

/** Whether nobody can tell if the instances of a resource are those of the base. */
function changedNumber(
  name: string,
  before: Stack | undefined,
  after: Stack,
  moved: ReadonlyMap<string, StackResource>,
): boolean {
  const one = moved.get(name);
  const origin = one && before?.instances.get(one.address) instanceof Unresolved ? one.address : name;
  const [was, will] = [before?.instances.get(origin), after.instances.get(name)];
  if (was === undefined || will === undefined) return false;
  if (was instanceof Unresolved && will instanceof Unresolved) return was.meaning !== will.meaning;
  return was instanceof Unresolved || will instanceof Unresolved;
}

function changedNumbers(before: Stack | undefined, after: Stack, { moved }: Succession): Opaque[] {
  return [...after.instances.keys()].flatMap((address) =>
    changedNumber(address, before, after, moved)
      ? [{ address, concerns: true, what: `Which instances of ${address} come and go is decided by an expression` }]
      : [],
  );
}

interface Between {
  readonly after: Stack;
  readonly before: Stack | undefined;
  /** Where what is gone is after the moves. */
  readonly address?: string;
  /** Of an attachment, whether it goes on with the gateway that it had; undefined where its references do not tell. */
  readonly isSameGateway?: boolean | undefined;
}

/**
 * A block with a `for_each` makes configurations that are not compared one by one: that it makes others, or that a resource goes over to
 * another one, may lead to another API and organization.
 */
function changedProviderInstances(before: Stack | undefined, after: Stack, { earlier }: Succession): Opaque[] {
  if (before === undefined) return [];
  const blocks = [...after.providerInstances].flatMap(([key, made]) => {
    const was = before.providerInstances.get(key);
    return sameJson((was ?? null) as never, made as never)
      ? []
      : [
          {
            address: `provider.${key}`,
            concerns: true,
            what: `Which configurations ${key} stands for is decided by a for_each that changes`,
          },
        ];
  });
  const resources = [...earlier].flatMap(([{ address, providerInstance }, was]) =>
    providerInstance === was.providerInstance
      ? []
      : [
          {
            address,
            concerns: true,
            what: `${address} goes over to another configuration of those that a for_each makes`,
          },
        ],
  );
  return [...blocks, ...resources];
}

function changeOf(
  before: StackResource | undefined,
  after: StackResource | undefined,
  { after: stack, before: base, address: place, isSameGateway }: Between,
): ResourceChange {
  const resource = (after ?? before) as StackResource;
  const { fields } = resource;
  const address = place ?? resource.address;
  const isSame = (name: string) => (name === "gatewayId" ? isSameGateway : undefined);
  const once = ignoredOnce(before, after, isSame);
  const sides = withIgnored(compareSides(fields, before?.arguments, after?.arguments, address, isSame), once);
  const action = actionOf(fields, sides.before, sides.after, sides.unknown);
  const isForgotten = [address, resource.address].some((one) => stack.forgotten.has(withoutKey(one)));
  return {
    kind: resource.kind,
    address,
    label: address,
    previousAddress: before && before.address !== address ? before.address : undefined,
    action: action === "delete" && isForgotten ? "forget" : action,
    before: sides.before,
    after: sides.after,
    unknown: sides.unknown,
    standing: sides.standing,
    sensitive: new Set(Object.keys(fields).filter((name) => fields[name]?.sensitive)),
    hidden: new Set(),
    writeOnly: writeOnlyOf(before, after),
    imported: before === undefined && stack.imported.has(withoutKey(address)),
    deferred: false,
    gatewayReference: {
      before: before?.gateways,
      after: after && once.has("gatewayId") ? { addresses: after.gateways.addresses, open: true } : after?.gateways,
    },
    providerKey: resource.providerKey,
    configuredBefore: before && readValues(connectionFields, base?.providers.get(before.providerKey), marks).values,
    constructPath: resource.constructPath,
    source: resource.source,
  };
}

/** With a new version it is told as that. */
function writeOnlyOf(before: StackResource | undefined, after: StackResource | undefined): ResourceChange["writeOnly"] {
  const [was, will] = [before, after].map((side) => side && raw(side.arguments, "settingsWo"));
  if (will === undefined || will === null) return undefined;
  return sameJson(was ?? null, will) ? "same" : "changed";
}

/**
 * What the engine ceases to leave alone is then what the program says, whatever it was before: where the program says the same as before,
 * the apply may bring it all the same. An edit of what it begins to leave alone comes to nothing as yet, and would pass for what was before
 * in the next review.
 */
function withIgnored(sides: Sides, fields: ReadonlySet<string>): Sides {
  if (fields.size === 0) return sides;
  const without = (values: Values) => Object.fromEntries(Object.entries(values).filter(([name]) => !fields.has(name)));
  return { ...sides, after: sides.after && without(sides.after), unknown: new Set([...sides.unknown, ...fields]) };
}

/** Fields that the engine leaves alone on one side, and not on the other. Left alone from now on, what the program says as before stays. */
function ignoredOnce(
  before: StackResource | undefined,
  after: StackResource | undefined,
  isSame: (name: string) => boolean | undefined,
): ReadonlySet<string> {
  if (!before || !after || sameJson(before.ignored, after.ignored)) return new Set();
  return new Set(
    Object.keys(after.fields).filter((name) => {
      const [was, will] = [leftAlone(before, name), leftAlone(after, name)];
      if (sameJson([...was], [...will])) return false;
      const ceases = !will.includes("all") && was.some((part) => !will.includes(part));
      return ceases || !(isSame(name) ?? isSameRaw(name, before.arguments, after.arguments));
    }),
  );
}

/** What of a field the engine leaves alone: all of it, or parts, such as `findings["a"]`. */
function leftAlone({ ignored }: StackResource, name: string): readonly string[] {
  const parts = ignored.filter((one) => [name, snakeCase(name)].includes(one.replace(/[.[].*$/s, "")));
  const isWhole = ignored.includes("all") || parts.some((one) => !/[.[]/.test(one));
  return isWhole ? ["all"] : [...new Set(parts)];
}

interface Sides {
  readonly standing: Readonly<Record<string, string>>;
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  readonly unknown: ReadonlySet<string>;
}

const marks = { isUnknown: (value: unknown) => value instanceof Unresolved, isSecret: () => false };

/**
 * What means the same in both stacks is no change, though its value is in neither.
 *
 * @param isSame - Whether a field is known to mean the same, or not to; undefined where what is written tells.
 */
function compareSides(
  fields: Fields,
  before: Values | undefined,
  after: Values | undefined,
  where: string,
  isSame: (name: string) => boolean | undefined = () => undefined,
): Sides {
  const was = before && readValues(fields, before, marks, `${where} (base)`);
  const will = after && readValues(fields, after, marks, where);
  const unchanged = [...(will?.unknown ?? [])].filter(
    (name) => before && after && (isSame(name) ?? isSameRaw(name, before, after)),
  );
  const without = (values: Values) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !unchanged.includes(name)));
  return {
    before: was && without(was.values),
    after: will && without(will.values),
    unknown: new Set([...(will?.unknown ?? [])].filter((name) => !unchanged.includes(name))),
    standing: Object.fromEntries(unchanged.map((name) => [name, writtenAs(after && raw(after, name))])),
  };
}

function writtenAs(value: unknown): string {
  if (value instanceof Unresolved) return value.text;
  return (
    JSON.stringify(value, (_, member: unknown) => (member instanceof Unresolved ? member.text : member)) ?? "(no value)"
  );
}

function isSameRaw(name: string, before: Values, after: Values): boolean {
  return sameJson(raw(before, name) ?? null, raw(after, name) ?? null);
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
function providersOf(
  before: Stack | undefined,
  after: Stack,
  earlierNames: (address: string) => readonly string[],
): ProviderChange[] {
  const sideOf = ({ providers, uses }: Stack) => ({ keys: new Set(providers.keys()), uses });
  if (before === undefined)
    return [...after.providers].map(([key, settings]) => providerOf({ key, use: "new" }, undefined, settings));
  const isAlike = (earlier: string, key: string) =>
    sameJson(withoutAlias(before.providers.get(earlier)), withoutAlias(after.providers.get(key)));
  return pairConfigurations(sideOf(before), sideOf(after), earlierNames, isAlike).map(
    ({ key, earlier, address, use }) => {
      const was = earlier === undefined ? undefined : before.providers.get(earlier);
      return providerOf({ key, address, use }, was ?? {}, after.providers.get(key) ?? {});
    },
  );
}

/** Where something was in the base, by its address without the key of an instance. */
function earlierNamesOf(changes: readonly ResourceChange[]): (address: string) => readonly string[] {
  const earlier = new Map<string, Set<string>>();
  for (const { address, previousAddress, before, after } of changes) {
    if (!before || !after) continue;
    const [name, from] = [withoutKey(address), withoutKey(previousAddress ?? address)];
    earlier.set(name, (earlier.get(name) ?? new Set()).add(from));
  }
  return (address) => [...(earlier.get(address) ?? []), address];
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
    standing: sides.standing,
    sensitive: new Set(),
    hidden: new Set(),
    plainSecrets,
  };
}

/** What a module held before stood in its source, which no stack holds. */
function cameFromModules(before: Stack | undefined, after: Stack, { earlier }: Succession): Opaque[] {
  const known = new Set(before?.moves.map(({ to }) => to));
  const fromModules = after.moves.filter(({ from, to }) => from.startsWith("module.") && !known.has(to));
  return fromModules.flatMap(({ from, to }) => {
    const comes = [...after.resources.values()].some(
      (resource) => [resource.address, withoutKey(resource.address)].includes(to) && !earlier.has(resource),
    );
    return before && comes
      ? [{ address: to, concerns: true, what: `What ${to} was at ${from} is not in the stack` }]
      : [];
  });
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
