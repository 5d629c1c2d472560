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
  /** It decides where it is the name of a value; as a value itself, such as `["hd", "sd"]`, it may be anything. */
  readonly decidesAlone: boolean;
  /** It is the address of a picture, whoever's it is. */
  readonly isPicture: boolean;
  /** Its last word is that of a measure or of a text to look at, which leads nobody anywhere. */
  readonly isQuiet: boolean;
  /** It says what something is called, in which version or of which kind: no address, however its value looks. */
  readonly isCalled: boolean;
  /** Its last word is that of something that has a host for its name. */
  readonly isHost: boolean;
  /** It is the name of something that has a host for its name, as in `upstreamName`; that may be any other name, too. */
  readonly isHostName: boolean;
  /** Any of its words is that of an address, or of something that has a host for its name. */
  readonly ofHost: boolean;
  /** Its last word is that of what may stand relative to something else, such as `guide.md`. */
  readonly isReference: boolean;
  /** Its last word is not one of hosts and URLs alone, so that an address may be one of mail. */
  readonly mayBeMailbox: boolean;
}

/**
 * Stems that decide. No other word holds the first ones, so that they count wherever in a word they stand, as in `myissuer`; the others
 * count from a word's beginning: there is a `tenanc` in "maintenance". None counts across words: `logoName` is no "logon".
 */
const deciding = new RegExp(
  [
    "(?:auth(?!or(?!i[tzs]))|issuer(?!e(?!nd))|openid|jwk|wellknown|userinfo|introspect|audience|impersonat|redirect|callback|permission)",
    `^(?:${[
      "oidc",
      "discover(?!abl)",
      "(?:multi|sub)?tenan[tc]",
      "realm",
      "log[io]n",
      "sign(?:[io]n|atur)",
      "saml",
      "federat",
      "scope",
      "privilege",
      "superuser",
      "delegat",
      "entitlement",
      "certificate",
      "(?:un)?trust(?!ee|pilot|worth)",
      "identityprovider",
      "manualoverride",
    ].join("|")})`,
  ].join("|"),
);

/** Neighbouring words that decide together, and exactly so: `clientIdle` is no client id. */
const compounds = new Set(
  [
    "wellknown openid oidc oauth jwks login signin signon userinfo identityprovider manualoverride keyset redirect callback superuser",
    "publickey signingkey verificationkey clientid publicid organizationid organisationid userpool",
    "cabundle publicexponent rsamodulus rsaexponent keymodulus keyexponent keyfingerprint pinnedfingerprint tlsfingerprint",
    "userright accessright adminright publicaccess adminaccess rootaccess fullaccess elevatedaccess writeaccess accesspolicy accesslevel",
    "hmackey",
  ].flatMap((line) => line.split(" ")),
);

/** Neighbouring words that say together that less is verified, or as whom. */
const decidingPhrases = new RegExp(
  [
    "(?:skip|disabled?|no|ignore|bypass|without)(?: \\S+)? (?:verify|verification|validate|validation)",
    "(?:verif|validat)\\S* (?:ssl|tls|cert|token|jwt|peer|host|hostname|nonce|claim|expiry)s?",
    "(?:ssl|tls|token|jwt|peer|nonce) (?:verif|validat)\\S*",
    "strict (?:ssl|tls)",
    "(?:allow|accept) (?:unverified|unsigned|expired)(?: (?:token|jwt|session|signature|key|client|issuer|email|user|account)s?)?(?= $)",
    "(?:check|ignore|skip|disable|enforce|require|use) (?:(?:token|jwt|session|id) )*(?:expiry|expiration|nonce)(?: (?:check|date))?(?= $)",
    "(?:verif\\S*|validat\\S*|check|ignore|skip|disable|enforce|require) (?:(?:token|jwt|session|id) )*(?:exp|nbf|iat)(?: (?:check|claim|date|time))?(?= $)",
    "(?:check|require) (?:(?:token|jwt|session|id) )*(?:expiry|expiration) time(?= $)",
    "require signed(?: (?:token|jwt|assertion|message|response|claim)s?)?(?= $)",
    "state checks?(?= $)",
    "is admin(?:istrator)?s?(?= $)",
    "super admin(?:istrator)?s?(?= $)",
    "(?:act|acting|run) as",
    "on behalf of",
  ]
    .map((phrase) => `(?<= )${phrase}(?= )`)
    .join("|"),
);
/** Of measures those that say how long what has run out counts still, and whether anything runs out. */
const decidingMeasures =
  / (?:(?:jwt|token|exp|nbf|iat) (?:leeway|skew|tolerance)|clock (?:skew|tolerance)|(?:verif\S*|validat\S*|check|require|ignore|skip) (?:(?:token|jwt|session|id) )*lifetimes?)(?: (?:in )?(?:second|minute|sec|min|ms|millisecond)s?)? $/;
/**
 * Words that decide where nothing stands beside them: a `connection` of Auth0, a hosted domain (`hd`) of Google, a `user flow` of Azure AD
 * B2C. What they are a part of may be anything: `assetFingerprint`, `userFlowReport`. `capabilities` and `elevated` are none: a server of MCP
 * has them, and a card.
 */
const decidingAlone = new Set(
  "nbf iat superadmin connection hd verify validate verification validation nonce access rights fingerprint modulus userflow userflowid directoryid".split(
    " ",
  ),
);
/** Neighbouring words of which the last means something else than by itself. */
const otherMeanings =
  / (?:(?:gift|birth|course|training|completion|award) certificates?|(?:email|e mail|mail|message|ticket|notification) subjects?|(?:sort|sorting|ranking|search|matching|compression|routing|recommendation|balancing|scheduling) algorithms?|groups? by)(?= )/g;
const whoPhrases = / (?:default|fallback) (?:user|username|account)s? /;

/** Words that decide only as a whole. */
const decidingWords = new Set(
  "iss aud idp sso mfa pkce dpop mtls acl rbac amr acr kid jku x5u x5c x5t kty spki pem thumbprint alg algorithm insecure role grant cert domain subdomain".split(
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
  "timeout second minute hour day week month year millisecond ms ttl lifetime duration delay interval attempt score percent metric stat statistic reminder sound limit retry retrie count size color colour label title caption description icon logo theme font placeholder text note hint help tooltip badge banner blurb survey line headline heading subtitle greeting footer page image picture style".split(
    " ",
  ),
);
/** Last words of what things are called, and as which version or kind of them. */
const calledWords = new Set(
  "version release revision build min max minimum maximum since name title label caption headline heading prefix suffix namespace package bundle module file filename format type kind class category tool method event topic queue team owner author company customer brand vendor product locale language model tag".split(
    " ",
  ),
);
const idWords = new Set("id identifier".split(" "));
const hostWords = new Set(
  "domain site website webhook homepage link upstream proxy gateway backend frontend relay".split(" "),
);
const referenceWords = new Set("href link location homepage".split(" "));
/** Words that stand beside these in names that are written without capitals and separators, such as `issurl` and `userrole`. */
const fillers =
  "id ids name list map base config setting default custom external primary user app api type field claim value public signing verification organization organisation skip disable verify validate ssl tls act as run in on log sign exp nbf iat lifetime ignore hmac".split(
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
  "logon",
  "signin",
  "signon",
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

const pictures = new Set("icon logo image picture avatar banner badge theme font style stylesheet".split(" "));

export const nothingJudged: Judged = {
  decides: false,
  decidesAlone: false,
  leans: false,
  namesAddress: false,
  choosesWho: false,
  isPicture: false,
  isQuiet: false,
  isCalled: false,
  isHost: false,
  isHostName: false,
  ofHost: false,
  isReference: false,
  mayBeMailbox: false,
};
const maxName = 200;

/**
 * Judges a name, which may be a path: any of its steps counts, and what they make together, since `public.key` is `publicKey`.
 *
 * @param around - The name of what it stands in.
 */
export function judgedName(name: string, around = ""): Judged {
  const judged = [...name.split(/[/.~]/), name, `${around} ${name}`].map(judgedStep);
  const is = (what: keyof Judged) => judged.some((one) => one[what]);
  const { isQuiet, isPicture, isHost, isHostName, isReference, mayBeMailbox } = judgedStep(name);
  return {
    decides: is("decides"),
    decidesAlone: is("decidesAlone"),
    leans: is("leans"),
    namesAddress: is("namesAddress"),
    choosesWho: is("choosesWho"),
    isPicture,
    isQuiet,
    isCalled: judgedStep(`${around} ${name}`).isCalled,
    isHost,
    isHostName,
    ofHost: is("ofHost"),
    isReference,
    mayBeMailbox,
  };
}

function judgedStep(name: string): Judged {
  const plain = plainText(name).trim();
  if (plain === "") return nothingJudged;
  const all = wordsOf(plain.slice(0, maxName));
  const words = ` ${all.join(" ")} `
    .replace(otherMeanings, "")
    .split(" ")
    .filter((word) => word !== "");
  // The words as they are parted, and as they may be meant where they are written together.
  const readings = [words, words.flatMap((word) => orItself(dissected(word), word)), dissected(words.join(""))];
  const parts = readings.flat().map(singular);
  const isSignIn = decidesSignIn(plain);
  const isDecidingMeasure = readings.some((reading) => decidingMeasures.test(` ${reading.join(" ")} `));
  const ofHost = parts.some((part) => addressWords.has(part) || hostWords.has(part));
  return {
    decides:
      isSignIn ||
      isDecidingMeasure ||
      parts.some((part) => decidingWords.has(part) || deciding.test(part)) ||
      readings.some((reading) => decidingPhrases.test(` ${reading.join(" ")} `)) ||
      readings
        .flatMap(runsOf)
        .some((run) => [run, singular(run)].some((one) => decidingWords.has(one) || compounds.has(one))),
    decidesAlone: [words.join(""), singular(words.join(""))].some((alone) => decidingAlone.has(alone)),
    leans: parts.some((part) => leaningWords.has(part)),
    namesAddress: parts.some((part) => addressWords.has(part)),
    choosesWho:
      [...words, ...parts].some((part) => whoWords.has(part)) ||
      readings.some((reading) => whoPhrases.test(` ${reading.join(" ")} `)) ||
      (parts.some((part) => people.has(part)) && words.some((word) => doorWords.has(word))),
    isPicture: addressWords.has(singular(words.at(-1) ?? "")) && pictures.has(singular(words.at(-2) ?? "")),
    isQuiet: !isSignIn && !isDecidingMeasure && quietWords.has(singular(all.at(-1) ?? "")),
    isCalled: readings.some((reading) => {
      const [ofWhat = "", last = ""] = ["", ...reading].slice(-2);
      const isKey = last === "key" && ofWhat !== "";
      const isIdOfThing = idWords.has(last) && (calledWords.has(ofWhat) || /^app(?:lication)?$/.test(ofWhat));
      return isKey || isIdOfThing || (calledWords.has(singular(last)) && !(last === "name" && ofHost));
    }),
    isHost: readings.some((reading) => hostWords.has(singular(reading.at(-1) ?? ""))),
    isHostName: ofHost && all.at(-1) === "name",
    ofHost,
    isReference: referenceWords.has(singular(all.at(-1) ?? "")),
    mayBeMailbox: !readings.some((reading) => isOfHosts(singular(reading.at(-1) ?? ""))),
  };
}

function isOfHosts(word: string): boolean {
  return hostWords.has(word) || (addressWords.has(word) && word !== "address");
}

function orItself(parts: readonly string[], word: string): readonly string[] {
  return parts.length > 0 ? parts : [word];
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
  return words.flatMap((_, start) => words.slice(start).map((__, end) => words.slice(start, start + end + 1).join("")));
}
