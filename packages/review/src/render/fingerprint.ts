import { createHash } from "node:crypto";
import type { ReviewFinding } from "../finding";

/** The same for the same finding of the same review from run to run, whatever line it moves to. */
export function fingerprint({ code, address, fields, before, after }: ReviewFinding, label?: string): string {
  return createHash("sha256")
    .update(
      JSON.stringify([code, address, fields, before ?? null, after ?? null, ...(label === undefined ? [] : [label])]),
    )
    .digest("hex");
}
