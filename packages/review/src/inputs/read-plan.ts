import type { Readable } from "node:stream";
import type { PlanChanges } from "../changes/change";
import { compareStacks } from "./cdktf/read-cdktf";
import type { InputDocument } from "./document";
import { ReviewInputError } from "./input-error";
import { readPulumi } from "./pulumi/read-pulumi";
import { readDocument } from "./read-document";
import { readTerraform } from "./terraform/read-terraform";

/** An input and how to call it in messages. */
export interface NamedInput {
  readonly name: string;
  readonly content: Readable;
}

/**
 * Reads a plan of any front end into changes. `base` is what the program was before: needed for a synthesised stack (`"none"` for a new
 * one), and for a plan or a preview one of the base branch, from which the earlier provider configuration is taken. `savedPlan` is the plan
 * that a run of Pulumi saved beside its preview; it says which secrets change, and whether the configuration does.
 *
 * @throws ReviewInputError for what is not understood.
 */
export async function readPlan(
  head: NamedInput,
  base: NamedInput | "none" | undefined,
  savedPlan?: NamedInput | undefined,
): Promise<PlanChanges> {
  const document = await readDocument(head.content, head.name);
  const saved = savedPlan && (await readSavedPlan(savedPlan, document));
  const earlier = base && base !== "none" ? await readDocument(base.content, base.name) : undefined;
  if (earlier && earlier.format !== document.format) {
    throw new ReviewInputError(
      "input-unknown-format",
      `${earlier.name} and ${document.name} are not of the same format`,
    );
  }
  switch (document.format) {
    case "terraform":
      return readTerraform(document, earlier);
    case "cdktf":
      return compareStacks(earlier ?? requireNone(base, document), document);
    case "pulumi-plan":
      throw new ReviewInputError(
        "input-unknown-format",
        `${document.name} is a plan that Pulumi saved: give it with --saved-plan beside the output of \`pulumi preview --json\``,
      );
    default:
      return readPulumi(document, { saved, base: earlier });
  }
}

async function readSavedPlan(input: NamedInput, preview: InputDocument): Promise<InputDocument> {
  const document = await readDocument(input.content, input.name);
  if (document.format === "pulumi-plan" && preview.format.startsWith("pulumi-")) return document;
  throw new ReviewInputError(
    "option-invalid",
    `--saved-plan is for a preview of Pulumi and the plan that the same run saved: ${preview.name} and ${document.name} are not these`,
  );
}

function requireNone(base: NamedInput | "none" | undefined, document: InputDocument): undefined {
  if (base === "none") return undefined;
  throw new ReviewInputError(
    "option-invalid",
    `${document.name} is a synthesised stack and needs one to be compared with: give --base with the cdk.tf.json of the base branch, or --base none for a new stack`,
  );
}
