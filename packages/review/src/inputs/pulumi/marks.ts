import { hidden, isRecord, type Marks } from "../values";

/** What stands for an unknown value of each type in previews (`sdk/go/common/resource`, `plugin.Unknown…Value`). */
const unknowns: ReadonlySet<unknown> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The key and the value by which Pulumi marks a secret (`resource.SigKey`, `resource.SecretSig`). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export const pulumiMarks: Marks = {
  isUnknown: (value) => unknowns.has(value) || (isRecord(value) && signatureKey in value && !isSecret(value)),
  isSecret,
  /** In a plan that was saved with `--show-secrets`, a secret's JSON text stands beside the mark (`resource.Secret`). */
  reveal(value) {
    if (!isRecord(value) || typeof value.plaintext !== "string") return hidden;
    try {
      return JSON.parse(value.plaintext);
    } catch {
      return hidden;
    }
  },
};

function isSecret(value: unknown): boolean {
  return value === "[secret]" || (isRecord(value) && value[signatureKey] === secretSignature);
}
