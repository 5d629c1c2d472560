import { type Json, sameJson, snakeCase } from "@mcpstack/model";
import {
  type Action,
  anyInstance,
  type Known,
  type Opaque,
  type PlanChanges,
  type ResourceChange,
  type Values,
} from "../../changes/change";
import { withoutKeys } from "../../changes/values";
import type { InputDocument, Kept } from "../document";
import { ReviewInputError } from "../input-error";
import { changedSources } from "../provider-sources";
import { fieldsOf, isRecord, type ReadValues, readValues, text } from "../values";
import { compareProviders, type ProviderSide, settingsOf } from "./compare-providers";
import { type Configuration, type ConfiguredResource, configurationOf, earlierNamesOf } from "./configuration";
import { providersOf, withOrganizations } from "./provider-config";
import { sourcesOf } from "./provider-sources";
import { gatewaysOf } from "./references";

const kinds: Readonly<Record<string, ResourceChange["kind"]>> = {
  mcpstack_gateway: "gateway",
  mcpstack_server_gateway_attachment: "attachment",
};

const noMarks = { isUnknown: () => false, isSecret: () => false };

const mcpstackType = (type: unknown) => typeof type === "string" && Object.hasOwn(kinds, type);

/**
 * Reads what `terraform show -json PLANFILE` and `tofu show -json PLANFILE` write. Format 1 grows by additions only (its documentation:
 * a reader must refuse another major version and ignore what it does not know).
 *
 * @param earlier - A plan of the base branch: a plan does not hold what its providers were configured with before.
 */
export function readTerraform(document: InputDocument, earlier?: InputDocument): PlanChanges {
  const top = topOf(document);
  requireKnownVersion(document, top);
  const base = earlier && {
    configuration: configurationOf(earlier.kept),
    sources: sourcesOf(earlier.kept, configurationOf(earlier.kept)),
    providers: readTerraform(earlier).providers,
  };
  const configuration = configurationOf(document.kept);
  const entries = (key: string) => document.kept.filter(({ path }) => path[1] === key && path.length === 3);
  const drift = driftOf(entries("resource_drift"));
  const marks = marksOfState(document.kept, configuration);
  const read = { document, configuration, drift, base, marks };
  const planned = entries("resource_changes").flatMap(({ value }) => changeOf(value, read, false));
  const deferred = entries("deferred_changes").flatMap(({ value }) =>
    isRecord(value) ? changeOf(value.resource_change, read, true) : [],
  );
  const told = joinDeposed([...planned, ...deferred]);
  const changes = [...told, ...driftedAlone(drift, told, configuration)];
  return {
    frontEnd: "terraform",
    engine: engineOf(document, top),
    gateways: changes.filter(({ kind }) => kind === "gateway"),
    attachments: changes.filter(({ kind }) => kind === "attachment"),
    providers: compareProviders(
      { configuration, providers: withOrganizations(providersOf(document.kept, configuration), changes) },
      base,
      changes,
    ),
    unplanned: unplannedGateways(document.kept, changes, configuration),
    lookedUp: lookedUpGateways(document.kept, configuration),
    ...lookedUpServers(document.kept),
    opaque: [
      ...changedSources(base?.sources, sourcesOf(document.kept, configuration), earlierNamesOf(changes)),
      ...openInstances(document.kept, deferred),
    ],
    resources: document.counted,
    notes:
      top("complete") === false && deferred.length === 0 ? ["The plan says of itself that it is not complete."] : [],
  };
}

type Top = (key: string) => unknown;

function topOf({ kept }: InputDocument): Top {
  return (key) => kept.find(({ path }) => path.length === 2 && path[1] === key)?.value;
}

function requireKnownVersion(document: InputDocument, top: Top): void {
  const version = top("format_version");
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    throw new ReviewInputError(
      "input-unsupported-version",
      `${document.name} has plan format ${JSON.stringify(version)?.slice(0, 20)}; this version reads format 1, which Terraform 1.1 and later and OpenTofu write`,
    );
  }
  if (
    !document.seen.has("configuration") &&
    !document.seen.has("planned_values") &&
    !document.seen.has("resource_changes")
  ) {
    throw new ReviewInputError(
      "input-unknown-format",
      `${document.name} is a state, not a plan: write a plan with -out and give the output of \`terraform show -json PLANFILE\``,
    );
  }
  if (top("errored") === true) {
    throw new ReviewInputError(
      "input-incomplete",
      `${document.name} is the plan of a run that failed, so changes may be missing from it: mend the error and plan again`,
    );
  }
}

function engineOf(document: InputDocument, top: Top): string {
  const version = text(top("terraform_version"));
  if (!version) return "";
  // OpenTofu writes its own version into the same key; only the registry host of the providers tells them apart.
  const isTofu = document.kept.some(
    ({ value }) =>
      isRecord(value) && String(value.provider_name ?? value.full_name ?? "").startsWith("registry.opentofu.org/"),
  );
  return `${isTofu ? "OpenTofu" : "Terraform"} ${version}`;
}

interface Drifted {
  readonly kind: ResourceChange["kind"];
  readonly before: Values;
  readonly after: Values | undefined;
  readonly sensitive: ReadonlySet<string>;
}
type Drift = ReadonlyMap<string, Drifted>;

function driftOf(entries: readonly Kept[]): Drift {
  const drift = new Map<string, Drifted>();
  for (const { value } of entries) {
    const kind = isRecord(value) ? kinds[String(value.type)] : undefined;
    if (!kind || !isRecord(value) || !isRecord(value.change)) continue;
    const { before, after, before_sensitive, after_sensitive } = value.change;
    const was = readSide(kind, before, before_sensitive);
    const now = isRecord(after) ? readSide(kind, after, after_sensitive) : undefined;
    const sensitive = new Set([...was.sensitive, ...(now?.sensitive ?? [])]);
    drift.set(String(value.address), { kind, before: was.values, after: now?.values, sensitive });
  }
  return drift;
}

interface Reading {
  readonly document: InputDocument;
  readonly configuration: Configuration;
  readonly drift: Drift;
  readonly base: ProviderSide | undefined;
  /** What the state before marks as sensitive, by address. */
  readonly marks: ReadonlyMap<string, ReadonlySet<string>>;
}

function changeOf(
  entry: unknown,
  { document, configuration, drift, base, marks }: Reading,
  deferred: boolean,
): ResourceChange[] {
  if (!isRecord(entry)) throw damaged(document, "a resource change that is no object");
  if (entry.mode === "data" || !mcpstackType(entry.type)) return [];
  const kind = kinds[String(entry.type)] as ResourceChange["kind"];
  const address = text(entry.address);
  if (!address || !isRecord(entry.change))
    throw damaged(document, `a change of ${String(entry.type)} without an address or a change`);
  const { change } = entry;
  const side = (name: "before" | "after") =>
    change[name] === null || change[name] === undefined
      ? undefined
      : readSide(kind, change[name], change[`${name}_sensitive`], `${address} ${name}`);
  const before = side("before");
  const after = side("after");
  const unknown = unknownOf(kind, change.after_unknown);
  const earlierAddress = text(entry.previous_address) ?? address;
  const earlier = base?.configuration.find(earlierAddress) ?? base?.configuration.find(address);
  const outside = drift.get(earlierAddress) ?? drift.get(address);
  return [
    {
      kind,
      address,
      label: address,
      previousAddress: text(entry.previous_address),
      action: actionOf(change.actions, address),
      before: outside?.before ?? before?.values,
      // A resource of which nothing is known yet has an `after` without fields.
      after: after?.values ?? (unknown.size > 0 ? {} : undefined),
      unknown: after || unknown.size > 0 ? unknown : new Set(),
      leftOut: new Set([...unknown].filter((field) => isLeftOut(configuration.find(address), field))),
      sensitive: new Set([
        ...(before?.sensitive ?? []),
        ...(after?.sensitive ?? []),
        ...(outside?.sensitive ?? []),
        ...(marks.get(address) ?? []),
        ...(marks.get(earlierAddress) ?? []),
      ]),
      // A plan holds sensitive values beside their marks.
      hidden: new Set(),
      writeOnly: writeOnlyOf(configuration.find(address), base && earlier),
      imported: isRecord(change.importing),
      deferred,
      drift: outside,
      gatewayReference: kind === "attachment" ? { after: gatewaysOf(address, configuration) } : undefined,
      providerKey: (configuration.find(address) ?? earlier)?.providerKey ?? "mcpstack",
      configuredBefore: earlier && base && settingsOf(base.providers, earlier.providerKey),
    },
  ];
}

function damaged(document: InputDocument, what: string): ReviewInputError {
  return new ReviewInputError("input-unknown-format", `${document.name} has ${what}, so it cannot be understood`);
}

/** A plan holds no expression: whatever is written, a variable or a function, may come to anything. */
function isLeftOut(configured: ConfiguredResource | undefined, field: string): boolean {
  const expression = configured?.expressions[snakeCase(field)];
  return (
    configured !== undefined &&
    (expression === undefined || (isRecord(expression) && expression.constant_value === null))
  );
}

/** A plan holds what is written of it, and not what that comes to. */
function writeOnlyOf(
  now: ConfiguredResource | undefined,
  earlier: ConfiguredResource | undefined,
): ResourceChange["writeOnly"] {
  const written = now?.expressions.settings_wo;
  if (!isRecord(written) || written.constant_value === null) return undefined;
  if (earlier === undefined) return "open";
  if (!sameJson((earlier.expressions.settings_wo ?? null) as Json, written as Json)) return "changed";
  return "constant_value" in written ? "same" : "open";
}

/** Mirrors the value's shape with `true` for what is unknown; `true` alone for a resource of which nothing is known. */
function unknownOf(kind: ResourceChange["kind"], mark: unknown): ReadonlySet<string> {
  if (mark === true) return new Set(Object.keys(fieldsOf[kind]));
  return readValues(fieldsOf[kind], mark, { isUnknown: (value) => value === true, isSecret: () => false }).unknown;
}

function readSide(kind: ResourceChange["kind"], source: unknown, sensitive: unknown, where?: string): ReadValues {
  const read = readValues(fieldsOf[kind], source, noMarks, where);
  if (sensitive === true) return { ...read, sensitive: new Set(Object.keys(fieldsOf[kind])) };
  const marked = readValues(fieldsOf[kind], sensitive, { isUnknown: () => false, isSecret: (value) => value === true });
  return { ...read, sensitive: new Set([...read.sensitive, ...marked.sensitive]) };
}

/** The documented combinations; anything else is a plan that this version does not understand. */
function actionOf(actions: unknown, address: string): Action {
  switch (Array.isArray(actions) ? actions.join() : undefined) {
    case "no-op":
    case "read":
    case "open":
    case "renew":
    case "close":
      return "none";
    case "create":
      return "create";
    case "update":
      return "update";
    case "delete":
      return "delete";
    case "delete,create":
    case "create,delete":
    case "create,forget":
    case "forget,create":
      return "replace";
    case "forget":
      return "forget";
    default:
      throw new ReviewInputError(
        "input-unknown-format",
        `the plan wants ${JSON.stringify(actions)?.slice(0, 60)} for ${address.slice(0, 200)}, which this version does not know`,
      );
  }
}

/** A deposed object shares its address with the current one; what happens to the current one is what counts. */
function joinDeposed(changes: readonly ResourceChange[]): ResourceChange[] {
  const byAddress = new Map<string, ResourceChange>();
  for (const change of changes) {
    const other = byAddress.get(change.address);
    if (!other || (other.action === "delete" && change.action !== "delete")) byAddress.set(change.address, change);
  }
  return [...byAddress.values()];
}

/** What changed outside of the program, and what the plan does nothing about, as one that only refreshes. */
function driftedAlone(drift: Drift, told: readonly ResourceChange[], configuration: Configuration): ResourceChange[] {
  const known = new Set(told.flatMap(({ address, previousAddress }) => [address, previousAddress]));
  return [...drift].flatMap(([address, found]): ResourceChange[] => {
    if (known.has(address)) return [];
    return [
      {
        kind: found.kind,
        address,
        label: address,
        action: "none",
        before: found.before,
        after: found.after,
        unknown: new Set(),
        sensitive: found.sensitive,
        hidden: new Set(),
        imported: false,
        deferred: false,
        drift: found,
        providerKey: configuration.find(address)?.providerKey ?? "mcpstack",
      },
    ];
  });
}

/**
 * Where nobody can tell which instances a resource will have, a plan holds one that stands for all (`[*]`), as if it were new: what becomes
 * of those that there are is in a later plan.
 */
function openInstances(kept: readonly Kept[], deferred: readonly ResourceChange[]): Opaque[] {
  const existing = new Set(
    kept.flatMap(({ path, value }) =>
      path[1] === "prior_state" && isRecord(value) && value.mode !== "data"
        ? [withoutKeys(text(value.address) ?? "")]
        : [],
    ),
  );
  return deferred.flatMap(({ address, kind, before }) =>
    before === undefined &&
    address.includes(anyInstance) &&
    existing.has(withoutKeys(address.replaceAll(anyInstance, "")))
      ? [
          {
            address,
            concerns: true,
            what: `What becomes of each ${kind} that is there under this address is left to a later plan`,
          },
        ]
      : [],
  );
}

/** Gateways of the prior state that the plan says nothing about. Their issuers are known ones, too. */
function unplannedGateways(
  kept: readonly Kept[],
  changes: readonly ResourceChange[],
  configuration: Configuration,
): Known[] {
  const planned = new Set(changes.flatMap(({ address, previousAddress }) => [address, previousAddress]));
  return gatewaysOfState(kept, "managed", configuration).flatMap(({ address, ...known }) =>
    planned.has(address) ? [] : [known],
  );
}

/** What data sources answered; in a plan, the answers stand in the state before it. Lists hold too little to be told apart by. */
function lookedUpGateways(kept: readonly Kept[], configuration: Configuration): Known[] {
  return gatewaysOfState(kept, "data", configuration);
}

/** A data source of a server answers with both of its names, whichever it was asked by. */
function lookedUpServers(kept: readonly Kept[]): Pick<PlanChanges, "serverNames" | "secretNames"> {
  const found = kept.flatMap(({ path, value }) => {
    if (path[1] !== "prior_state" || !isRecord(value) || value.type !== "mcpstack_server" || !isRecord(value.values))
      return [];
    const { values, sensitive_values: marks } = value;
    const named = (["id", "slug"] as const).map((key) => ({
      name: text(values[key]),
      isSecret: marks === true || (isRecord(marks) && marks[key] === true),
    }));
    return [named.flatMap(({ name, isSecret }) => (name === undefined ? [] : [{ name, isSecret }]))];
  });
  return {
    serverNames: found.map((names) => names.map(({ name }) => name)),
    secretNames: found.flat().flatMap(({ name, isSecret }) => (isSecret ? [name] : [])),
  };
}

/** What the state before marks as sensitive; a plan repeats the marks of what it changes. */
function marksOfState(kept: readonly Kept[], configuration: Configuration): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(gatewaysOfState(kept, "managed", configuration).map(({ address, sensitive }) => [address, sensitive]));
}

function gatewaysOfState(
  kept: readonly Kept[],
  mode: "managed" | "data",
  configuration: Configuration,
): (Known & { readonly address: string })[] {
  return kept.flatMap(({ path, value }) => {
    if (path[1] !== "prior_state" || !isRecord(value) || value.type !== "mcpstack_gateway") return [];
    const address = text(value.address) ?? "";
    if ((value.mode === "data" ? "data" : "managed") !== mode) return [];
    const providerKey = configuration.find(address)?.providerKey ?? "mcpstack";
    const { values, sensitive } = readSide("gateway", value.values, value.sensitive_values);
    return [{ address, providerKey, values, sensitive }];
  });
}
