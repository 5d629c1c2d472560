import { originOf, parseUrl, withoutTrailingSlashes } from "@mcpstack/model";

/** An http URL that every reader parts in the same way: no user information, no backslash, nothing that some leave out or rewrite. */
const plain = /^https?:\/\/([^/?#@\\]+)(?:[/?#][!-[\]-~]*)?$/i;

/**
 * Whether two URLs are one address, however they are spelled (RFC 3986 §6.2.2 and §6.2.3): in the case of scheme and host, the default
 * port, steps such as `/.`, an empty path, and the encoding of letters that need none. What readers may part differently is its text alone.
 */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || (normalAddress(a) ?? a) === (normalAddress(b) ?? b);
}

/** Whether two addresses of the API are one. Whoever reads one drops a slash at its end. */
export function isSameApi(a: string, b: string): boolean {
  return isSameAddress(withoutTrailingSlashes(a), withoutTrailingSlashes(b));
}

/** The origin that a text is, path and all else left out of it; undefined where it is more than an origin, or none. */
export function plainOrigin(text: string): string | undefined {
  const normal = normalAddress(text);
  return normal !== undefined && normal === `${originOf(normal)}/` ? originOf(normal) : undefined;
}

function normalAddress(text: string): string | undefined {
  const authority = plain.exec(text)?.[1];
  const parsed = authority === undefined ? undefined : parseUrl(text);
  if (authority === undefined || parsed === undefined) return undefined;
  // Not what a reader of the WHATWG URL standard makes of a host and others do not, such as an address of one number.
  if (authority.replace(/:\d*$/, "").toLowerCase() !== parsed.hostname || /\s/.test(text)) return undefined;
  return parsed.href.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const letter = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[\w.~-]/.test(letter) ? letter : encoded.toUpperCase();
  });
}

/** The one spelling of a path in which no step stays where it is. A step back is kept: a link may lead elsewhere. */
export function plainPath(file: string): string {
  return file.replace(/\/+/g, "/").replace(/(^|\/)(?:\.\/)+/g, "$1");
}
