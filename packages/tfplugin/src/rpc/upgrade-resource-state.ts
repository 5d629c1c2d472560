import { toDynamicValue } from "../convert/dynamic-value";
import { errorDiagnostic } from "../diagnostics/diagnostic";
import { DiagnosticsError } from "../diagnostics/errors";
import { valueFromJson } from "../provider/json-value";
import type { Handler } from "./handler";
import { resourceOf } from "./lookup";
import { jsonOf, plainJsonOf } from "./raw-state";

/** Called for every resource of a state, also where the version is the present one: there, the JSON is read by the schema. */
export const upgradeResourceState: Handler<"upgradeResourceState"> = async (provider, request, signal) => {
  const { schema, upgrade } = resourceOf(provider, request.typeName);
  const version = Number(request.version);
  if (version === schema.version)
    return {
      upgradedState: toDynamicValue(
        schema.type,
        valueFromJson(schema.type, jsonOf(request.rawState, request.typeName)),
      ),
    };
  const from = upgrade?.[version];
  if (from === undefined) throw new DiagnosticsError([noUpgrade(request.typeName, version, schema.version)]);
  const value = await from(plainJsonOf(request.rawState, request.typeName), provider.context(signal, undefined));
  return { upgradedState: toDynamicValue(schema.type, value) };
};

/** What is wrong when a state's version is not known. */
export function noUpgrade(what: string, from: number, to: number) {
  return errorDiagnostic(
    `Could not upgrade the state of ${what}`,
    from > to
      ? `The state was written by a newer version of the provider (schema version ${from}; this one has ${to}). Use that version or a later one.`
      : `This version of the provider cannot read schema version ${from}. Apply once with an earlier version of the provider that can.`,
  );
}
