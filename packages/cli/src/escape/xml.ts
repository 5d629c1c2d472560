import { visible } from "./visible";

/** A text as XML character data or attribute value. `visible` has written out what XML 1.0 cannot hold (§2.2). */
export function xmlText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
