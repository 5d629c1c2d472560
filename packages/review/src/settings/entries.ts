import { ExactNumber, isJsonObject, type Json, parseJson } from "@mcpstack/model";
import { calledAsSite, type ReadAs, sitesIn } from "./addresses";
import { type Judged, judgedName, nothingJudged } from "./names";
import { plainText } from "./plain-text";

/** A part of `settings` that may lead users elsewhere to sign in, or give them other rights. */
export interface Entry {
  /** Dotted. */
  readonly path: string;
  readonly value: Json;
  /** Its names, or names within a text, say that it decides on sign-in or rights, whatever the value is. */
  readonly decides: boolean;
  /** Its names say so where it names an address that was not used before. */
  readonly leans: boolean;
  /** Its names say that it leans, and that it is an address. */
  readonly leansToAddress: boolean;
  /** Its names say that it decides who signs in, or as whom. */
  readonly choosesWho: boolean;
  /** Whose addresses it names; see `sitesIn`. */
  readonly sites: readonly string[];
  /** The host that it is, if it is one: its name says that something is called so. */
  readonly perhaps: readonly string[];
}

/** Every such part, however deep it stands, in JSON within texts too. What is encoded otherwise is not looked into. */
export function entriesOf(settings: unknown): Entry[] {
  return walk(settings, { ...nothingJudged, path: [] });
}

/** Where a value stands, and what the names on the way say. */
interface Place extends Judged {
  readonly path: readonly string[];
}

function walk(value: unknown, place: Place, inListOfPairs = false): Entry[] {
  const inner = jsonIn(value);
  if (inner !== undefined) return walk(inner, place, inListOfPairs);
  if (!Array.isArray(value) && !isJsonObject(value)) return ofLeaf(value, place);
  // Names beside their values, in the place of an object: `{ name: "issuer", value: … }`, `["issuer", …]`.
  const decides =
    place.decides ||
    isKey(value) ||
    namesSignIn(value, inListOfPairs || isPair.test(plainText(place.path.at(-1) ?? "")));
  const members = Object.entries(value);
  const isList = Array.isArray(value);
  if (decides && (!place.decides || members.length === 0 || (isList && value.every(isScalar))))
    return [{ ...entry(value, place), decides }];
  return members.flatMap(([key, member]) => {
    if (isList) return walk(member, { ...place, path: [...place.path, key] }, isListOfPairs(value));
    const inside = placeOf(key, place);
    const sites = sitesIn(key, readAs(place));
    return [...(sites.length > 0 ? [{ ...entry(member, inside), sites }] : []), ...walk(member, inside)];
  });
}

/** A JSON Web Key (RFC 7517): what it is stands in members of one letter. */
function isKey(value: object): boolean {
  return Object.keys(value).some((name) => /^kty$/i.test(plainText(name)));
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value instanceof ExactNumber;
}

function placeOf(key: string, around: Place): Place {
  const judged = judgedName(key, around.path.at(-1));
  // The name of something that has a host for its name may be that, also in a list of them.
  const isHostName = judged.isHostName || (around.isHost && /name$/i.test(plainText(key)));
  return {
    path: [...around.path, key],
    decides: around.decides || judged.decides || judged.decidesAlone,
    decidesAlone: false,
    leans: (around.leans || judged.leans) && !judged.isPicture,
    namesAddress: around.namesAddress || judged.namesAddress,
    choosesWho: around.choosesWho || judged.choosesWho,
    isPicture: judged.isPicture,
    isQuiet: judged.isQuiet,
    isCalled: judged.isCalled && !isHostName,
    isHost: judged.isHost,
    isHostName,
    ofHost: judged.ofHost,
    isReference: judged.isReference,
    mayBeMailbox: judged.mayBeMailbox,
  };
}

function readAs({ isCalled, namesAddress, isHost, isHostName, isReference, leans, mayBeMailbox }: Place): ReadAs {
  if (isCalled) return "called";
  if (isHostName) return "name";
  if (isReference && !leans) return "reference";
  if (!namesAddress && !isHost) return "open";
  return mayBeMailbox ? "mailbox" : "address";
}

/** What is no text to look at: a path, a scope such as `orders:read`, an address of mail. */
const pointing = /(?:^|\s)[/\\]|^\s*\S+[/\\]\S+\s*$|\p{L}:[\p{L}*]|@\p{L}/u;

function ofLeaf(value: unknown, place: Place): Entry[] {
  const text = typeof value === "string" ? value : "";
  const sites = sitesIn(text, readAs(place));
  const perhaps = place.isCalled && sites.length === 0 ? calledAsSite(text, place.ofHost) : [];
  const says = saysSignIn(text);
  // A measure, or a text to look at, that names nothing: `loginTimeoutSeconds: 30`, `signInButtonColor: "#fff"`.
  const isHarmless = place.isQuiet && sites.length === 0 && !pointing.test(plainText(text));
  const decides = says || (place.decides && !isHarmless);
  const choosesWho = place.choosesWho && !isHarmless;
  const leansToAddress = place.leans && place.namesAddress && !isHarmless;
  return decides || leansToAddress || choosesWho || sites.length + perhaps.length > 0
    ? [{ ...entry(value, place), decides, leansToAddress, choosesWho, sites, perhaps }]
    : [];
}

function entry(value: unknown, { path, leans, namesAddress, choosesWho }: Place): Entry {
  return {
    path: path.join("."),
    value: value as Json,
    decides: false,
    leans,
    leansToAddress: leans && namesAddress,
    choosesWho,
    sites: [],
    perhaps: [],
  };
}

const nameKeys =
  /^(?:name|key|k|field|property|prop|path|id|parameter|param|attribute|setting|option|header|pointer)$/i;
const valueKeys = /^(?:value|val|v|data|content|set|to|default)s?$|value$|^valueFrom$/i;
const identifier = /^[\s"']*[\p{L}\p{N}_.~$/:-]{1,80}[\s"']*$/u;
/** What is called so is one name and its value, where it is a list of two. */
const isPair = /(?:header|param|parameter|option|setting|property|prop|attribute|field|override|assignment|pair)$/i;

function isListOfPairs(list: readonly unknown[]): boolean {
  return list.every((one) => Array.isArray(one) && one.length === 2 && typeof one[0] === "string");
}

/**
 * Whether a list of two, or an object, is a name that decides and what it is given. Two words beside each other are any list, `["auth", "prod"]`,
 * and an object of a name alone describes something, `{ name: "role", type: "text" }`.
 */
function namesSignIn(value: object, isKnownPair: boolean): boolean {
  const isName = (text: unknown) =>
    typeof text === "string" && identifier.test(plainText(text)) && judgedSignIn(judgedName(text));
  if (Array.isArray(value)) {
    const [name, given] = value;
    const isValue = typeof given !== "string" || sitesIn(given, "address").length > 0 || jsonIn(given) !== undefined;
    return value.length === 2 && isName(name) && (isKnownPair || isValue);
  }
  const entries = Object.entries(value);
  const isAlone = (text: unknown) => typeof text === "string" && judgedName(text).decidesAlone;
  const hasValue = entries.some(([key]) => valueKeys.test(plainText(key)));
  return (
    (hasValue || entries.some(([key, member]) => isAddressAt(key, member))) &&
    entries.some(([key, name]) => nameKeys.test(plainText(key)) && (isName(name) || (hasValue && isAlone(name))))
  );
}

function isAddressAt(key: string, member: unknown): boolean {
  const { namesAddress, isHost, isPicture } = judgedName(key);
  return (namesAddress || isHost) && !isPicture && typeof member === "string" && sitesIn(member, "address").length > 0;
}

function judgedSignIn({ decides, leans, namesAddress }: Judged): boolean {
  return decides || (leans && namesAddress);
}

/** A name that a text gives a value: `issuer=…`, `"issuer": …`, and at the beginning of a line or before an address `issuer: …`; `<issuer>`. */
const assignments =
  /(?:^|[^\p{L}\p{N}_.-])(?:["']?([\p{L}\p{N}_.-]{2,80})["']?\s*=(?!=)|["']([\p{L}\p{N}_.-]{2,80})["']\s*:|([\p{L}\p{N}_.-]{2,80})\s*:(?=\s*["']?(?:https?:|[\\/]{2}))|<([\p{L}\p{N}_.-]{2,80})[\s>])/gu;
const lines = /^[ \t-]*([\p{L}\p{N}_.-]{2,80})[ \t]*:[ \t]+\S+[ \t]*$/gmu;

/** A key or a certificate as text (RFC 7468). */
const pemBlock = /-----BEGIN [A-Z0-9 ]*(?:KEY|CERTIFICATE)[A-Z0-9 ]*-----/;

/** Whether a text gives a name that decides a value, or is a key that may vouch for users. */
function saysSignIn(text: string): boolean {
  const plain = decodedPlain(text);
  if (pemBlock.test(plain)) return true;
  return [...plain.matchAll(assignments), ...plain.matchAll(lines)].some((match) => {
    const judged = judgedName(match.slice(1).find((name) => name !== undefined) ?? "");
    return judgedSignIn(judged) || judged.decidesAlone;
  });
}

function decodedPlain(text: string): string {
  return plainText(text).replaceAll('\\"', '"').replace(/%3d/gi, "=").replace(/%26/gi, "&");
}

/** What a text holds as JSON, and not only a word or a number, as some services take it. A text within a text is one, too. */
function jsonIn(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{"]/.test(plainText(value))) return undefined;
  try {
    return parseJson(plainText(value));
  } catch {
    return undefined;
  }
}
