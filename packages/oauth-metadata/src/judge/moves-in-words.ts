import type { Move } from "../trust/accept-metadata";
import { quoted } from "./report";

/** Moves as the end of a sentence. */
export function movesInWords(moves: readonly Move[]): string {
  return moves
    .map(({ field, from, to }) => {
      if (from === undefined) return `${field} is now ${quoted(to ?? "")}`;
      return to === undefined
        ? `${field} is gone, it was ${quoted(from)}`
        : `${field} from ${quoted(from)} to ${quoted(to)}`;
    })
    .join("; ");
}
