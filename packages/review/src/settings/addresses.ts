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

/** Of everything in a text that leads somewhere, whose it is: origins, with the tenant where the path names one. What cannot be parsed is told as it is. */
export function sitesIn(text: string): string[] {
  const found = new Set<string>();
  for (const form of formsOf(text)) {
    for (const [url] of form.matchAll(urls)) {
      const absolute = /^[\\/]/.test(url) ? `https:${url}` : url;
      found.add(siteOf(absolute) ?? hostOf(absolute));
    }
    const alone = form.trim();
    const name = alone.replace(/[:/?#].*$/s, "").replace(/\.$/, "");
    if (ipHost.test(alone) || (host.test(alone) && (endings.test(name) || /^(?:.*\.){3}/.test(name))))
      found.add(siteOf(`https://${alone}`) ?? alone);
  }
  return [...found];
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
