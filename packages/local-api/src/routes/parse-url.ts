/** A URL, or undefined for what is none. `URL.canParse` of Node 20 is wrong about letters such as `ä` after some thousand calls. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
