import { isApiError } from "@mcpstack/api-client";

/**
 * A refusal to give a name that another one has, with the ways on. A plan tells no resource that another one of the program gives the name up,
 * and two that want each other's names are refused at every apply. Any other error stays as it is.
 *
 * @param taken - what was to have the name, such as `gateway`, and the argument that gives it.
 */
export function explainedConflict(error: unknown, [kind, argument, name]: readonly [string, string, string]): unknown {
  if (!isApiError(error, "conflict")) return error;
  const hint =
    `Where another ${kind} has the ${argument} ${JSON.stringify(name)}, choose another one for this ${kind}. If that other ${kind} gets another ${argument} ` +
    `in the same apply, apply once more. Two that swap theirs need three applies: give one of them a third ${argument} first, then give the other one ` +
    "its new one, then this one.";
  return error.with({ hint: error.hint === undefined ? hint : `${error.hint} ${hint}` });
}
