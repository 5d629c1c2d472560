import type { GatewayDocument } from "@mcpstack/api-client";
import {
  type Finding,
  type GatewayProfile,
  type GatewayState,
  isEmpty,
  isTidied,
  isUnshown,
  type JsonObject,
  meansSame,
  type ObservedProfile,
  observedIntoState,
  profileFields,
  type SettingsPath,
  type StoredField,
  sameJson,
  snakeCase,
  statedSettings,
  storedFields,
  type Unshown,
  unshownSettings,
} from "@mcpstack/model";
import { ReconcileError } from "../errors";
import { type Imprint, isAsBefore, lookWhileFresh } from "../fresh";
import type { Notice } from "../notice";
import type { CallOptions, Run } from "../run";
import { isPlain, saidOf, sightOf, type Written } from "../write-outcome";
import { pick } from "./memory";
import { freshlyUnshown, notDropped, notShown, stillThere } from "./settings";
import { notSet, shownValue } from "./shown";

/** A field that the service shows otherwise than it was written; undefined where it was to be taken away. */
interface Missed {
  readonly field: StoredField | "settings";
  readonly sent: unknown;
  readonly shown: unknown;
}

/** What was written, and what is known of it before anybody looks. */
export interface Sent {
  readonly desired: GatewayProfile;
  /** Fields that were to be taken away, with what they held. Default: none. */
  readonly cleared?: ObservedProfile | undefined;
  /** Settings that were to be taken away. Default: none. */
  readonly givenUp?: readonly SettingsPath[] | undefined;
  /** Settings that the service did not show after an earlier write. Default: none. */
  readonly unshown?: Unshown | undefined;
  /** What stood there before. As long as that is shown, the read may lag behind the write. Default: nothing. */
  readonly before?: Imprint | undefined;
}

/** What a write was answered with, or what was found in the place of an answer. */
export interface Answered extends GatewayDocument {
  /** Default: as written by nobody, which says nothing. */
  readonly written?: Written | undefined;
}

/** What a write of a gateway has come to. */
export interface Outcome {
  readonly document: GatewayDocument;
  /** What the service made of what the program wrote, where it only tidied it; undefined where that is nothing. */
  readonly made?: ObservedProfile | undefined;
  /** Which settings the service does not show: their absence is no drift. */
  readonly unshown: Unshown;
  /** The profile as the service shows it: in the program's spelling where it means the same, or was tidied. */
  readonly shown: Partial<GatewayState>;
  /** What of that is not as it was written, for whoever applies. */
  readonly findings: readonly Finding[];
  /** The answer said that something went wrong, and it shows, or nobody can see whether it did. */
  readonly failure?: ReconcileError | undefined;
  /** Whether nobody knows if the write-only settings that were sent are stored, so that they are to be written again. */
  readonly isUnsettled?: true | undefined;
}

/**
 * Compares what the service shows after its last write with what was written, as the next refresh will. It may have answered with success and
 * done nothing, or something else. Where it shows another value it is asked again, in case that its reads lag. What there is to say of
 * settings goes to `options.hear`.
 *
 * @param answered - the document of the answer, or read after it.
 */
export async function outcomeOf(run: Run, sent: Sent, answered: Answered, options: CallOptions = {}): Promise<Outcome> {
  const { desired, givenUp = [], unshown: before = [] } = sent;
  const first = answered.partial ? await whenShown(run, sent, answered, options) : answered;
  const { id, written = done } = first;
  if (first.partial && isPlain(written)) return { document: first, unshown: before, shown: {}, findings: [] };
  const look = () => run.api.getGateway(id, { ...options, writeOnly: desired.settingsWo });
  const isRight = (seen: GatewayDocument) => {
    const unshown = unshownIn(desired, seen);
    return [missedIn(sent, seen, unshown), freshlyUnshown(unshown, before), stillThere(seen, givenUp)].every(
      ({ length }) => length === 0,
    );
  };
  // Many a service shows a setting in the answer to its write, and never again: the gateway's own document tells.
  const hasSettings = givenUp.length > 0 || Object.keys(statedSettings(desired.settings)).length > 0;
  const told = hasSettings ? undefined : first;
  // The write has happened: where it cannot be looked at again, or nobody waits any more, what was seen stands.
  const mayLag = (shown: GatewayDocument) => isAsBefore(shown, sent.before);
  const { seen } = await sightOf(run, { written, answered: told, look, isRight, mayLag }, options);
  const last = seen ?? first;
  const isDone = written.failure === undefined;
  // What an answer says has failed is not there, and not hidden.
  const unshown = unshownIn(desired, last).filter((path) => isDone || isUnshown(before, path));
  // An answer that was cut down to an id shows nothing.
  const missed = !seen && first.partial ? [] : missedIn(sent, last, unshown);
  const kept = stillThere(last, givenUp);
  const otherwise = new Set([...missed.map(({ field }) => field), ...(kept.length > 0 ? (["settings"] as const) : [])]);
  const isUnsettled = sentUnseen(desired) && (!isDone || written.lost !== undefined);
  const failure = isDone ? undefined : notCarriedOut(desired, id, written, { otherwise: [...otherwise], seen });
  const notices = isDone ? [...notDropped(kept), ...notShown(unshown, before)] : [];
  if (!failure) notices.push(...leftOpen(desired, id, written, seen));
  for (const notice of notices) options.hear?.(notice);
  return {
    document: last,
    made: madeOf(desired, last),
    unshown,
    shown: Object.fromEntries(missed.map(({ field, shown }) => [field, shown])),
    findings: missed.map((one) => notAsWritten(run, one)),
    failure,
    ...(isUnsettled && { isUnsettled }),
  };
}

/** A create that told no more than an id, where reads do not know it yet. */
function whenShown(run: Run, { desired }: Sent, answered: Answered, options: CallOptions): Promise<Answered> {
  const look = async () => {
    const seen = await run.api.getGateway(answered.id, { ...options, writeOnly: desired.settingsWo });
    return { ...seen, written: answered.written };
  };
  return lookWhileFresh(run, Date.now(), look, () => false, options).catch(() => answered);
}

function unshownIn({ settings }: GatewayProfile, { unknownFields }: GatewayDocument): Unshown {
  return unshownSettings(statedSettings(settings), unknownFields);
}

/** What is to be seen of settings is what the program says there: one that it says no more is judged apart, as one that is not shown. */
function missedIn({ desired, cleared = {} }: Sent, seen: GatewayDocument, unshown: Unshown): Missed[] {
  const { observed, unknownFields, disagreeing } = seen;
  const state = { ...desired, id: seen.id, organizationId: "" };
  const kept = observedIntoState(state, observed, unknownFields, () => true, disagreeing, unshown);
  const stored = storedFields.filter((field) =>
    isEmpty(desired[field])
      ? cleared[field] !== undefined && meansSame(profileFields[field], cleared[field], observed[field])
      : kept[field] !== desired[field] && !isTidied(field, desired[field], kept[field]),
  );
  return [
    ...stored.map((field) => ({ field, sent: desired[field], shown: kept[field] ?? observed[field] })),
    ...(kept.settings === desired.settings
      ? []
      : [{ field: "settings" as const, sent: desired.settings, shown: kept.settings }]),
  ];
}

function madeOf(desired: GatewayProfile, { observed }: GatewayDocument): ObservedProfile | undefined {
  const made = pick(
    observed,
    (name) =>
      !isEmpty(desired[name]) &&
      !meansSame(profileFields[name], desired[name], observed[name]) &&
      isTidied(name, desired[name], observed[name]),
  );
  return Object.keys(made).length > 0 ? made : undefined;
}

/** No finding of the catalogue: it is about a write that was made, not about what is published, and no policy weighs it. */
function notAsWritten(run: Run, { field, sent, shown }: Missed): Finding {
  const said = (value: unknown) => shownValue(run, value) ?? notSet;
  const about = { code: "not_as_written", leg: "upstream", severity: "warn", path: [field], fix } as const;
  if (field === "settings") {
    // They may hold what is secret: their names are the program's own.
    const keys = differingKeys(statedSettings(sent as JsonObject), shown).map((key) => JSON.stringify(key));
    return {
      ...about,
      summary: `The service answered with success, and shows other settings than were written: ${keys.join(", ")}.`,
    };
  }
  const what =
    sent === undefined ? `still shows ${field}, which was to be taken away` : `shows another ${field} than was written`;
  return {
    ...about,
    summary: `The service answered with success, and ${what}.`,
    expected: said(sent),
    found: said(shown),
  };
}

const fix =
  "A plan shows the difference until it is gone. If it stays after another apply, the service does not take this value: write what it shows " +
  "into the program, or find out in MCP Stack why.";

function differingKeys(sent: unknown, shown: unknown): string[] {
  const [before, after] = [sent, shown].map((one) => new Map(Object.entries(one ?? {})));
  return [...(before ?? [])].filter(([key, value]) => !sameJson(value, after?.get(key))).map(([key]) => key);
}

const done: Written = { status: 200 };

/** Settings that were sent and that no read shows. */
function sentUnseen({ settingsWo }: GatewayProfile): boolean {
  return !isEmpty(settingsWo) && Object.keys(settingsWo ?? {}).length > 0;
}

/** An answer that states a failure is believed where that shows, and where nobody could see the contrary. */
function notCarriedOut(
  desired: GatewayProfile,
  id: string,
  written: Written,
  { otherwise, seen }: { readonly otherwise: readonly Missed["field"][]; readonly seen: GatewayDocument | undefined },
): ReconcileError | undefined {
  const subject = `The write of gateway ${id} (${desired.name}) was ${saidOf(written)}.`;
  const [first] = otherwise;
  if (seen && first) {
    const fields = otherwise.map(snakeCase).join(", ");
    return new ReconcileError(
      "not_carried_out",
      `${subject} The service shows other values than were written for ${fields}. Mend what it says; the next plan shows what is left to do.`,
      [first],
    );
  }
  if (!sentUnseen(desired)) return seen ? undefined : unseen(subject);
  return new ReconcileError(
    "not_carried_out",
    `${subject} Whether it stored settings_wo cannot be seen, so that counts as not written, and settings_wo_version stays as it was. Mend what it ` +
      "says, and apply again.",
    ["settingsWo"],
  );
}

function unseen(subject: string): ReconcileError {
  return new ReconcileError(
    "not_carried_out",
    `${subject} What became of it could not be read. Mend what it says; the next plan shows what is left to do.`,
  );
}

/** What an answer leaves open, and no read can tell. */
function leftOpen(desired: GatewayProfile, id: string, written: Written, seen: GatewayDocument | undefined): Notice[] {
  if (isPlain(written)) return [];
  if (written.lost !== undefined && written.failure === undefined) return leftUnsettled(desired, id, written.lost);
  const subject = `The write of gateway ${id} (${desired.name}) was ${saidOf(written)}.`;
  const open = { code: "not_confirmed", severity: "warning" } as const;
  if (written.failure !== undefined) {
    const message = `${subject} The service shows everything as it was written. Look in MCP Stack what the error is about.`;
    return [{ ...open, path: [], message }];
  }
  if (seen && !sentUnseen(desired)) return [];
  const [path, what] = sentUnseen(desired)
    ? [["settingsWo"], "settings_wo, which no read shows,"]
    : [[], "what was written, which could not be read again,"];
  const message =
    `${subject} That is not the same as done, and whether ${what} is stored cannot be told. Look in MCP Stack what became of it; where it is not ` +
    `stored, ${sentUnseen(desired) ? "raise settings_wo_version and " : ""}apply again.`;
  return [{ ...open, path, message }];
}

/** A look shows that the gateway is there, and nothing of what no read shows. */
function leftUnsettled(desired: GatewayProfile, id: string, lost: string): Notice[] {
  if (!sentUnseen(desired)) return [];
  const message =
    `Whether settings_wo of gateway ${id} (${desired.name}) is stored cannot be told, so that it counts as not written: apply again, which writes it once ` +
    `more. The answer to creating the gateway ${lost}. A look found it, with all that reads show of it; settings_wo they never show.`;
  return [{ code: "not_confirmed", severity: "warning", path: ["settingsWo"], message }];
}
