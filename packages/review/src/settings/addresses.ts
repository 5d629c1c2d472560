import { parseUrl } from "@mcpstack/model";
import { parse } from "tldts";
import { siteOf } from "../routes/tenant";
import { markedText, plainText } from "./plain-text";

/** Schemes of the WHATWG URL standard whose slashes may be any number, and backslashes. */
const urls = /(?:\b(?:https?|wss?|ftp):[\\/]*|\b[a-z][a-z0-9+.-]*:[\\/]{2}|(?<![:\\/\w])[\\/]{2})[^\s"'<>`,;|()[\]]+/gi;

/** Names that lead somewhere, although nobody can register one below them (RFC 2606, 6761, 6762, 7686, 8375). */
const reserved = new Set("example test invalid local internal localhost lan corp home onion arpa".split(" "));
/**
 * Endings of the Public Suffix List that other dotted names have as well: files, and names of parts of something such as `order.id`. Only
 * where a name says address, or a port or a path follows, does what has one lead somewhere.
 */
const everyday = new Set(
  [
    "sh md py pl rs zip mov ps pm am ac so mk tf cr cl cab pub dot map do ex ml ms st la bz",
    "id name data read open call post play watch now new here menu box case is as no my search support security video audio date select show save",
    "report reports review reviews chat click contact email group team host hosting help media message phone mobile place photo photos pics today total plus pro one",
    "download events services tools tab style systems network digital style news docs map day free fun game games health social wiki work works top room",
  ].flatMap((line) => line.split(" ")),
);
const host = /^(?:[\p{L}\p{M}\p{N}_-]+\.)+[\p{L}\p{M}\p{N}-]{2,}\.?(?::\d{1,5})?(?:[/?#]\S*)?$/u;
const ipHost = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]|localhost)(?::\d{1,5})?(?:[/?#]\S*)?$/i;
const network = /^\d{1,3}(?:\.\d{1,3}){3}\/(?:\d|[12]\d|3[0-2])$/;
const hasPort = /^(?:[^/?#[\]:]+|\[[^\]]*\]):\d{1,5}(?:[/?#]|$)/;
/** A host of this network alone: one label, told from a word by its port. */
const labelWithPort = /^(?=[^:]*\p{L})[\p{L}\p{M}\p{N}_-]+:\d{1,5}(?:[/?#]\S*)?$/u;
const scheme = /^[a-z][a-z0-9+-]*:(?![\\/])/i;
/** What stands in a host for what is filled in, as in `{tenant}.example.com`. */
const placeholders = /[$%#]?\{[^{}]*\}|<[^<>]*>|\*/g;
/** How names of programs begin that are made of somebody's domain, such as `com.example.app`. */
const reversed = /^(?:com|org|net|io|edu|gov)\./i;

/**
 * What a name says of its value, since `10.4.2.1` and `booking.com` are addresses as well as a version and a company. `address`: it is
 * one. `mailbox`: it is one, of mail perhaps. `name`: it is one, or any other name. `reference`: it is one, or a path that begins nowhere, such as `guide.md`. `called`: it is how something is called, a version
 * included. `open`: neither.
 */
export type ReadAs = "address" | "mailbox" | "name" | "reference" | "called" | "open";

/**
 * Of everything in a text that leads somewhere, whose it is: origins, with the tenant where the path names one. What cannot be parsed is
 * told as it is. A URL is one wherever it stands; a host by itself, or in a list of hosts, only where its name does not say otherwise.
 */
export function sitesIn(text: string, readAs: ReadAs = "open"): string[] {
  return [
    ...inForms(text, (form) => [...form.matchAll(urls)].map(([url]) => url)).map((url) => {
      const absolute = /^[\\/]/.test(url) ? `https:${url}` : url;
      return siteOf(absolute) ?? hostOf(absolute);
    }),
    ...inForms(text, (form) => hostsIn(form, readAs)).map(siteOfHost),
  ];
}

/**
 * The hosts that a text is if they are addresses, although its name says that something is called so.
 *
 * @param ofHost - Whether the name also says what has hosts for its names, as in `upstreamModule`.
 */
export function calledAsSite(text: string, ofHost: boolean): string[] {
  return inForms(text, (form) => {
    const parts = partsOf(form);
    return parts.every((part) => host.test(part) && !reversed.test(part) && isListed(part, ofHost)) ? parts : [];
  }).map(siteOfHost);
}

/** Of a text whose name says address, each host in it; of any other, its hosts where it is a list of nothing else. */
function hostsIn(text: string, readAs: ReadAs): string[] {
  const parts = partsOf(text);
  const found = parts.flatMap((part) => hostIn(part, readAs) ?? []);
  return found.length === parts.length || saysAddress(readAs) ? found : [];
}

function saysAddress(readAs: ReadAs): boolean {
  return readAs === "address" || readAs === "mailbox";
}

function partsOf(text: string): string[] {
  return text.split(/[\s,;|]+/).filter((part) => part !== "");
}

/** The site of a host that is written without a scheme. */
function siteOfHost(text: string): string {
  return siteOf(`https://${text}`) ?? text;
}

/** The host that a word is, as it stands in a URL. */
function hostIn(word: string, readAs: ReadAs): string | undefined {
  // A port makes an address of what might be a version.
  if (ipHost.test(word) && (readAs !== "called" || hasPort.test(word)))
    return !saysAddress(readAs) && network.test(word) ? undefined : word;
  if (readAs === "called") return undefined;
  if (host.test(word) && isListed(word, saysAddress(readAs) || readAs === "name")) return word;
  if (readAs === "open") return undefined;
  const below = saysAddress(readAs) ? hostBelow(word, readAs) : undefined;
  if (below !== undefined) return below;
  // A name of four parts is no other dotted name where it is to be an address.
  if ((host.test(word) && /^(?:[^.]*\.){3}/.test(nameIn(word))) || labelWithPort.test(word)) return word;
  if (/^[0-9a-f.]*:[0-9a-f.:]*:/i.test(word) && siteOf(`https://[${word}]`) !== undefined) return `[${word}]`;
  const rest = scheme.test(word) ? word.replace(scheme, "") : "";
  return host.test(rest) || ipHost.test(rest) ? hostIn(rest, readAs) : undefined;
}

/** The host in a pattern of hosts, such as `*.example.com`, or behind a user, as in `git@example.com:project`; as it is written. */
function hostBelow(word: string, readAs: ReadAs): string | undefined {
  const at = /^[^/?#]*@/;
  const path = /:(?!\d{1,5}(?:[/?#]|$)).*$/s;
  const ofUser = word.replace(at, "");
  // Mail is no place that anybody is led to; a project on a host is.
  if (ofUser !== word && readAs === "mailbox" && !path.test(ofUser)) return undefined;
  const written = ofUser === word ? word : ofUser.replace(path, "");
  const plain = written.replace(placeholders, "x").replace(/^\.+/, "");
  return plain !== word && ((host.test(plain) && isListed(plain, true)) || ipHost.test(plain)) ? written : undefined;
}

/** Whether hosts end so: below a suffix of the Public Suffix List, or a name that is kept for hosts of one network. */
function isListed(text: string, withEveryday: boolean): boolean {
  const name = nameIn(text);
  const ascii = parseUrl(`https://${name}`)?.hostname ?? name;
  if (reserved.has(ascii.slice(ascii.lastIndexOf(".") + 1))) return true;
  const { isIcann, publicSuffix } = parse(ascii, { allowPrivateDomains: false });
  return isIcann === true && (withEveryday || !everyday.has(publicSuffix ?? "") || /[:/]/.test(text));
}

function nameIn(text: string): string {
  return text.replace(/[:/?#].*$/s, "").replace(/\.$/, "");
}

/** A URL of a scheme that has no origin, by its host. */
function hostOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed !== undefined && parsed.host !== "" ? `${parsed.protocol}//${parsed.host}` : url;
}

/** What is found in a text, with its marks, and without them where that is something else than the same without its marks. */
function inForms(text: string, find: (form: string) => string[]): string[] {
  const marked = formsOf(markedText(text)).flatMap(find);
  const read = new Set(marked.map(plainText));
  return [...marked, ...formsOf(plainText(text)).flatMap((form) => find(form).filter((one) => !read.has(one)))];
}

/** A text as it stands, and as it reads where it is decoded once or twice. */
function formsOf(text: string): string[] {
  // The dots of IDNA (RFC 3490 §3.1).
  const plain = text.replaceAll("\\/", "/").replaceAll("\u3002", ".");
  const once = decoded(plain);
  return [...new Set([plain, once, decoded(once)])];
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}
