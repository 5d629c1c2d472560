import { findingCodes, findingEntry } from "./catalogue";
import { editDistance } from "./edit-distance";

/** What is wrong with the code of a finding, with the nearest one that there is; undefined for one that there is. */
export function unknownCode(code: string): string | undefined {
  if (findingEntry(code) !== undefined) return undefined;
  const distance = (one: string) => editDistance(parted(code), parted(one));
  const [nearest] = [...findingCodes].sort((a, b) => distance(a) - distance(b));
  return `is not the code of a finding: the nearest is "${nearest}" (docs/findings has all)`;
}

/** Whatever separates the parts of a code. */
const parted = (code: string) => code.toLowerCase().replace(/[\s_.-]+/g, "-");
