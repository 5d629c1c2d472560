import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseJson, stringifyJson } from "../json/exact";
import type { State } from "./records";

/** A state file that is not one of this program's. */
export class StateFileError extends Error {
  readonly code = "LOCAL_API_STATE_FILE";
  override readonly name = "StateFileError";
}

/** The state kept in `file`, or undefined when there is no such file. */
export function loadState(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  const state = parse(file);
  if (state?.version !== 1 || !Array.isArray(state.organizations) || !Array.isArray(state.credentials)) {
    throw new StateFileError(`${file} is not a state file of the local API: remove it, or name another one`);
  }
  return state;
}

/** Written beside the file and renamed over it, so that a reader never sees half a state. It holds credentials: mode 0600. */
export function saveState(file: string, state: State): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const half = `${file}.${process.pid}.tmp`;
  writeFileSync(half, `${stringifyJson(state, 2)}\n`, { mode: 0o600 });
  renameSync(half, file);
}

function parse(file: string): State | undefined {
  try {
    return parseJson(readFileSync(file, "utf8")) as State;
  } catch (cause) {
    throw new StateFileError(`${file} cannot be read as JSON: remove it, or name another one`, { cause });
  }
}
