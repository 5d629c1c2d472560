import { parseUrl } from "@mcpstack/model";
import { siteOf } from "../routes/tenant";
import { plainText } from "./plain-text";

/** Schemes of the WHATWG URL standard whose slashes may be any number, and backslashes. */
const urls = /(?:\b(?:https?|wss?|ftp):[\\/]*|\b[a-z][a-z0-9+.-]*:[\\/]{2}|(?<![:\\/\w])[\\/]{2})[^\s"'<>`,;|()[\]]+/gi;

/** Endings of host names that are no endings of other dotted names. */
const endings =
  /\.(?:com|net|org|io|dev|app|cloud|ai|co|eu|us|uk|de|fr|nl|ch|at|se|pl|it|es|in|jp|cn|ru|br|au|ca|info|biz|xyz|site|online|tech|store|page|link|live|me|tv|to|cc|ws|example|test|invalid|local|internal|localhost|lan|corp|home|arpa|onion)$/i;
const host = /^(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,}\.?(?::\d{1,5})?(?:[/?#]\S*)?$/u;
const ipHost = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]|localhost)(?::\d{1,5})?(?:[/?#]\S*)?$/i;
const network = /^\d{1,3}(?:\.\d{1,3}){3}\/(?:\d|[12]\d|3[0-2])$/;
/** How names of programs begin that are made of somebody's domain, such as `com.example.app`. */
const reversed = /^(?:com|org|net|io|edu|gov)\./i;

/**
 * What a name says of its value, since `10.4.2.1` and `booking.com` are addresses as well as a version and a company. `address`: it is
 * one. `called`: it is how something is called, a version included. `open`: neither.
 */
export type ReadAs = "address" | "called" | "open";

/**
 * Of everything in a text that leads somewhere, whose it is: origins, with the tenant where the path names one. What cannot be parsed is
 * told as it is. A URL is one wherever it stands; a host by itself only where its name does not say otherwise.
 */
export function sitesIn(text: string, readAs: ReadAs = "open"): string[] {
  return [...formsOf(text)].flatMap((form) => [
    ...[...form.matchAll(urls)].map(([url]) => {
      const absolute = /^[\\/]/.test(url) ? `https:${url}` : url;
      return siteOf(absolute) ?? hostOf(absolute);
    }),
    ...(readAs !== "called" && isHost(form.trim(), readAs) ? [siteOfHost(form.trim())] : []),
  ]);
}

/** The host that a text is if it is an address, although its name says that something is called so. */
export function calledAsSite(text: string): string[] {
  return [...formsOf(text)].flatMap((form) => {
    const alone = form.trim();
    return host.test(alone) && hasEnding(alone) && !reversed.test(alone) ? [siteOfHost(alone)] : [];
  });
}

/** The site of a host that is written without a scheme. */
function siteOfHost(text: string): string {
  return siteOf(`https://${text}`) ?? text;
}

function isHost(text: string, readAs: ReadAs): boolean {
  if (ipHost.test(text)) return readAs === "address" || !network.test(text);
  // A name of four parts is no other dotted name where it is to be an address.
  return host.test(text) && (hasEnding(text) || (readAs === "address" && /^(?:[^.]*\.){3}/.test(nameIn(text))));
}

function hasEnding(text: string): boolean {
  return endings.test(nameIn(text));
}

function nameIn(text: string): string {
  return text.replace(/[:/?#].*$/s, "").replace(/\.$/, "");
}

/** A URL of a scheme that has no origin, by its host. */
function hostOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed !== undefined && parsed.host !== "" ? `${parsed.protocol}//${parsed.host}` : url;
}

/** A text as it stands, and as it reads where it is decoded once or twice. */
function formsOf(text: string): Set<string> {
  const plain = plainText(text).replaceAll("\\/", "/");
  const once = decoded(plain);
  return new Set([plain, once, decoded(once)]);
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
