import { decidesSignIn } from "@mcpstack/model";
import { plainText } from "./plain-text";

/**
 * What a name says about where users sign in, by its words, since a service may call things as it likes. `decides`: it is about sign-in,
 * about whose keys vouch for users, or about rights. `leans`: it is where it names an address. `names`: it is the name of an address.
 */
export interface Judged {
  readonly decides: boolean;
  readonly leans: boolean;
  readonly namesAddress: boolean;
  /** It says who may sign in, or as whom: which claim counts, which people are let in. */
  readonly choosesWho: boolean;
  /** Its last word is that of a measure or of a text to look at, which leads nobody anywhere. */
  readonly isQuiet: boolean;
}

/** Stems that decide wherever in a word they stand. What looks like one and is none is left out: `author`, `catalogIn…`, `issueRe…`. */
const deciding = new RegExp(
  [
    "auth(?!or(?!i[tzs]))",
    "issuer(?!e(?!nd))",
    "openid",
    "(?<!v|andr|ster)oidc",
    "jwk",
    "wellknown",
    "discover(?!abl)",
    "userinfo",
    "introspect",
    "tenan[tc]",
    "realm",
    "audience",
    "(?<!cata|b|ana|dia|back|change)log[io]n",
    "(?<!de|as|re|con)sign(?:[io]n|atur)",
    "saml",
    "federat",
    "impersonat",
    "(?<!tele|micro|peri|stetho|gyro|kaleido|endo|horo)scope",
    "permission",
    "privilege",
    "entitlement",
    "certificate",
    "redirect",
    "callback",
    "trust",
    "identityprovider",
    "manualoverride",
    "keyset",
    "(?:public|signing|verification)key",
    "(?:client|public|organi[sz]ation)id",
  ].join("|"),
);

/** Words that decide only as a whole. */
const decidingWords = new Set(
  "iss aud idp sso mfa pkce dpop mtls acl rbac amr acr kid jku x5u x5c x5t alg role grant cert domain subdomain".split(
    " ",
  ),
);
/** Words that decide together with a word for an address, or beside one. */
const leaningWords = new Set(
  "token key metadata provider identity upstream resource access session code client credential assertion security account gateway proxy connection".split(
    " ",
  ),
);
const addressWords = new Set("url uri endpoint host hostname origin address server href location".split(" "));
/** Words that say as a whole who signs in, or as whom; and people, together with a word that lets them in. */
const whoWords = new Set("identity claim subject sub anonymous member membership group".split(" "));
const people = new Set("email mail user account person people admin username guest everyone".split(" "));
const doorWords = new Set(
  "allow allowed allowlist allowlisted whitelist deny denied denylist block blocked blocklist permitted".split(" "),
);
/** Measures, and what is there to look at. What it leads to nevertheless, its value tells. */
const quietWords = new Set(
  "timeout second minute millisecond ms lifetime interval limit retry retrie count size color colour label title caption description icon logo theme font placeholder text note hint help tooltip badge banner blurb survey line headline heading subtitle greeting footer page image picture style".split(
    " ",
  ),
);
/** Words that stand beside these in names that are written without capitals and separators, such as `issurl` and `userrole`. */
const fillers =
  "id ids name list map base config setting default custom external primary user app api type field claim value".split(
    " ",
  );

const whole = new Set([...decidingWords, ...leaningWords, ...addressWords, ...fillers]);
const stems = [
  "issuer",
  "authority",
  "auth",
  "oauth",
  "openid",
  "oidc",
  "jwks",
  "discovery",
  "login",
  "signin",
  "tenant",
  "realm",
  "audience",
  "scope",
  "permission",
  "redirect",
  "callback",
  "certificate",
  "wellknown",
];
const vocabulary = new Set([...whole, ...stems].flatMap((word) => [word, `${word}s`]));

const nothing: Judged = { decides: false, leans: false, namesAddress: false, choosesWho: false, isQuiet: false };
const maxName = 200;

/**
 * Judges a name, which may be a path: any of its steps counts, and what they make together, since `public.key` is `publicKey`.
 *
 * @param around - The name of what it stands in.
 */
export function judgedName(name: string, around = ""): Judged {
  const judged = [...name.split(/[/.~]/), name, `${around} ${name}`].map(judgedStep);
  const leans = judged.some((one) => one.leans);
  const namesAddress = judged.some((one) => one.namesAddress);
  return {
    decides: judged.some((one) => one.decides) || (leans && namesAddress),
    leans,
    namesAddress,
    choosesWho: judged.some((one) => one.choosesWho),
    isQuiet: judgedStep(name).isQuiet,
  };
}

function judgedStep(name: string): Judged {
  const plain = plainText(name).trim();
  if (plain === "") return nothing;
  const words = wordsOf(plain.slice(0, maxName));
  const parts = [...words, ...words.flatMap(dissected), ...dissected(words.join(""))].map(singular);
  const runs = runsOf(words);
  const decides =
    decidesSignIn(plain) ||
    parts.some((part) => decidingWords.has(part) || deciding.test(part)) ||
    runs.some((run) => decidingWords.has(singular(run)) || isWholly(deciding, run));
  return {
    decides,
    leans: parts.some((part) => leaningWords.has(part)),
    namesAddress: parts.some((part) => addressWords.has(part)),
    choosesWho:
      [...words, ...parts].some((part) => whoWords.has(part)) ||
      (parts.some((part) => people.has(part)) && words.some((word) => doorWords.has(word))),
    isQuiet: !decidesSignIn(plain) && quietWords.has(singular(words.at(-1) ?? "")),
  };
}

/** Parts a name at separators, capitals and digits. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/(\p{L})(\p{N})/gu, "$1 $2")
    .replace(/(\p{N})(\p{L})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map(folded);
}

/** Upper case first: some letters meet only there, such as `ı` and `i`. */
function folded(word: string): string {
  return plainText(word.toUpperCase().toLowerCase());
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("es") && addressWords.has(word.slice(0, -2))
    ? word.slice(0, -2)
    : word.length > 2 && word.endsWith("s") && !decidingWords.has(word)
      ? word.slice(0, -1)
      : word;
}

/** The words of the vocabulary that a text is wholly made of; none where it is not. */
function dissected(text: string): string[] {
  const longest = 16;
  const ways: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= text.length; end += 1) {
    for (let start = Math.max(0, end - longest); start < end && ways[end] === undefined; start += 1) {
      const before = ways[start];
      const word = text.slice(start, end);
      if (before !== undefined && (vocabulary.has(word) || /^\d+$/.test(word))) ways[end] = [...before, word];
    }
  }
  return ways[text.length] ?? [];
}

/** Neighbouring words joined, such as `wellknown` of `well known`. */
function runsOf(words: readonly string[]): string[] {
  return words.flatMap((_, start) =>
    words.slice(start + 1).map((__, end) => words.slice(start, start + end + 2).join("")),
  );
}

function isWholly(pattern: RegExp, text: string): boolean {
  return new RegExp(`^(?:${pattern.source})[a-z]{0,3}$`).test(text);
}
