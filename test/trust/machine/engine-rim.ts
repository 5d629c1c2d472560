// What the Pulumi provider's process is given by its engine: the run of an operation, and a person who listens.
import type { Run } from "@mcpstack/reconciler";

let run: Run | undefined;
let heard: string[] = [];

export function runFor(): Run {
  if (!run) throw new Error("no operation has begun");
  return run;
}

export function configure(): void {}

/** Begins an operation of the engine; answers what will be said in it. */
export function begin(operation: Run): readonly string[] {
  run = operation;
  heard = [];
  return heard;
}

export async function say(loudness: "info" | "warning", message: string): Promise<void> {
  if (loudness === "warning") heard.push(message);
}
