import { BehaviourError } from "./behaviour-error";
import {
  type BehaviourName,
  behaviourNames,
  behaviourSwitches,
  numericSwitches,
  type ServerBehaviour,
} from "./switches";

/** `patch` over `base`, after checking that each switch and value exists: a misspelt one would test nothing. */
export function mergeBehaviour(base: ServerBehaviour, patch: Partial<ServerBehaviour>): ServerBehaviour {
  for (const [name, value] of Object.entries(patch)) {
    if (value !== undefined) checkSwitch(name, value);
  }
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...base, ...given };
}

/** A behaviour from `name=value` texts, as a command line has them. */
export function parseBehaviour(texts: readonly string[]): Partial<ServerBehaviour> {
  const patch: Record<string, unknown> = {};
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at < 0) throw new BehaviourError(`"${text}" is not of the form switch=value`);
    const name = text.slice(0, at);
    const typed = /^\d+$/.test(text.slice(at + 1)) && isNumeric(name) ? Number(text.slice(at + 1)) : text.slice(at + 1);
    checkSwitch(name, typed);
    patch[name] = typed;
  }
  return patch as Partial<ServerBehaviour>;
}

const numbers: readonly string[] = numericSwitches;

function isNumeric(name: string): boolean {
  return isSwitch(name) && typeof behaviourSwitches[name].values[0] === "number";
}

function isSwitch(name: string): name is BehaviourName {
  return Object.hasOwn(behaviourSwitches, name);
}

function checkSwitch(name: string, value: unknown): void {
  if (!isSwitch(name)) {
    throw new BehaviourError(`there is no switch "${name}"; there are ${behaviourNames.join(", ")}`);
  }
  if (numbers.includes(name)) {
    const isPositive = name === "pageSize";
    if (Number.isInteger(value) && Number(value) >= (isPositive ? 1 : 0)) return;
    throw new BehaviourError(
      `${name} must be a ${isPositive ? "positive " : ""}whole number, not ${JSON.stringify(value)}`,
    );
  }
  const values: readonly unknown[] = behaviourSwitches[name].values;
  if (!values.includes(value)) {
    throw new BehaviourError(`${name} must be one of ${values.join(", ")}, not ${JSON.stringify(value)}`);
  }
}
