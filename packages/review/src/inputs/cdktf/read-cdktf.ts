import { connectionFields, type Fields, sameAsTyped, sameJson } from "@mcpstack/model";
import type { Action, PlanChanges, ProviderChange, ResourceChange, Values } from "../../changes/change";
import type { InputDocument } from "../document";
import { readValues, text } from "../values";
import { type StackResource, stackOf } from "./stack";

/**
 * Compares two synthesised stacks, the one of the base branch and the one of the head, without any credential or state. A stack that did
 * not exist is given as undefined.
 */
export function compareStacks(base: InputDocument | undefined, head: InputDocument): PlanChanges {
  const before = base && stackOf(base);
  const after = stackOf(head);
  const changes = [...new Set([...after.resources.keys(), ...(before?.resources.keys() ?? [])])].flatMap((address) => {
    const resource = after.resources.get(address);
    const previous = after.moved.get(address);
    // What was moved here is told at its new address.
    if (!resource && [...after.moved.values()].includes(address)) return [];
    return [changeOf(before?.resources.get(previous ?? address) ?? before?.resources.get(address), resource, previous)];
  });
  return {
    frontEnd: "cdktf",
    engine: after.engine,
    gateways: changes.filter(({ kind }) => kind === "gateway"),
    attachments: changes.filter(({ kind }) => kind === "attachment"),
    providers: providersOf(base ? (before?.providers ?? new Map()) : new Map(), after.providers),
    unplanned: [],
    resources: head.counted,
    notes: [
      "Two synthesised stacks were compared, without a state: what was changed outside of the program is not seen.",
    ],
  };
}

function changeOf(
  before: StackResource | undefined,
  after: StackResource | undefined,
  previous?: string,
): ResourceChange {
  const resource = (after ?? before) as StackResource;
  const { fields } = resource;
  const sides = compareSides(fields, before?.arguments, after?.arguments);
  return {
    kind: resource.kind,
    address: resource.address,
    label: resource.address,
    previousAddress: previous,
    action: actionOf(fields, sides.before, sides.after, sides.unknown),
    before: sides.before,
    after: sides.after,
    unknown: sides.unknown,
    sensitive: new Set(Object.keys(fields).filter((name) => fields[name]?.sensitive)),
    imported: false,
    deferred: false,
    gatewayReference: { before: before?.gatewayAddress, after: after?.gatewayAddress },
    providerKey: resource.providerKey,
    constructPath: resource.constructPath,
    source: resource.source,
  };
}

interface Sides {
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  readonly unknown: ReadonlySet<string>;
}

const marks = {
  isUnknown: (value: unknown) => typeof value === "string" && /(?<!\$)\$\{/.test(value),
  isSecret: () => false,
};

/** An expression that stands the same in both stacks is no change, and its value is in neither. */
function compareSides(fields: Fields, before: Values | undefined, after: Values | undefined): Sides {
  const was = before && readValues(fields, before, marks);
  const will = after && readValues(fields, after, marks);
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

function raw(values: Values, name: string): unknown {
  return values[name] ?? values[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
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

function providersOf(before: ReadonlyMap<string, Values>, after: ReadonlyMap<string, Values>): ProviderChange[] {
  return [...after].map(([key, settings]) => {
    const earlier = before.get(key);
    const sides = compareSides(connectionFields, earlier, settings);
    const plainSecrets = (["accessToken", "apiKey"] as const).filter((name) => text(sides.after?.[name]));
    return {
      key,
      before: sides.before && withoutSecrets(sides.before),
      after: sides.after && withoutSecrets(sides.after),
      unknown: sides.unknown,
      plainSecrets,
    };
  });
}

function withoutSecrets(values: Values): Values {
  const { accessToken: _accessToken, apiKey: _apiKey, ...rest } = values;
  return rest;
}
