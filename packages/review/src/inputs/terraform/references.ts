import { isRecord } from "../values";
import { type ModuleStep, moduleAddress, parseAddress } from "./address";
import type { Configuration } from "./configuration";

/** References may lead through this many variables and outputs. */
const maxHops = 8;

/**
 * The gateway that an attachment points to while its id is not known yet, found by following the references of `gateway_id` through
 * variables and module outputs. Where the gateway has instances, the one with the attachment's own key is taken.
 */
export function gatewayAddressOf(attachment: string, configuration: Configuration): string | undefined {
  const address = parseAddress(attachment);
  const expression = configuration.find(attachment)?.expressions.gateway_id;
  if (!address || expression === undefined) return undefined;
  return follow(expression, address.module, address.key, configuration, maxHops);
}

function follow(
  expression: unknown,
  module: readonly ModuleStep[],
  key: string,
  configuration: Configuration,
  hops: number,
): string | undefined {
  if (hops === 0 || !isRecord(expression) || !Array.isArray(expression.references)) return undefined;
  for (const reference of expression.references) {
    if (typeof reference !== "string") continue;
    const found = followOne(reference, module, key, configuration, hops);
    if (found !== undefined) return found;
  }
  return undefined;
}

function followOne(
  reference: string,
  module: readonly ModuleStep[],
  key: string,
  configuration: Configuration,
  hops: number,
): string | undefined {
  const names = module.map(({ name }) => name);
  const gateway = /^(mcpstack_gateway\.[\p{ID_Continue}-]+(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)/u.exec(reference);
  if (gateway) return `${moduleAddress(module)}${gateway[1]}${gateway[2] === undefined ? key : ""}`;
  const variable = /^var\.([\p{ID_Continue}-]+)/u.exec(reference)?.[1];
  if (variable !== undefined) {
    if (module.length === 0) return undefined;
    const callKey = module[module.length - 1]?.key ?? "";
    return follow(configuration.argument(names, variable), module.slice(0, -1), callKey, configuration, hops - 1);
  }
  const output = /^module\.([\p{ID_Continue}-]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.([\p{ID_Continue}-]+)/u.exec(
    reference,
  );
  if (output?.[1] === undefined || output[3] === undefined) return undefined;
  const called = [...module, { name: output[1], key: output[2] ?? "" }];
  return follow(configuration.output([...names, output[1]], output[3]), called, "", configuration, hops - 1);
}
