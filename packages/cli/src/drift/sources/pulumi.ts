import { CommandError } from "../../command/exit";
import type { Inventory } from "../inventory";
import { isRecord, type JsonRecord, listOf, parseObject, textOf } from "./read-json";
import { type EngineResource, resourcesInventory } from "./resources";

const kinds: Readonly<Record<string, EngineResource["kind"]>> = {
  "pulumi-nodejs:dynamic/mcpstack:Gateway": "gateway",
  "pulumi-nodejs:dynamic/mcpstack:ServerGatewayAttachment": "attachment",
};

const words = "the output of `pulumi stack export`";

/** Reads a stack export (deployment version 3). Encrypted values stay unknown. @throws CommandError `input` */
export function pulumiStack(text: string, name: string): Inventory {
  const document = parseObject(text, name, words);
  const deployment = document.deployment;
  if (!isRecord(deployment)) throw new CommandError("input", `${name} has no deployment. Expected ${words}.`);
  if (typeof document.version === "number" && (document.version < 3 || document.version > 4)) {
    throw new CommandError(
      "input",
      `${name} has the version ${document.version}; this version of the command reads 3 and 4.`,
    );
  }
  const resources = listOf(deployment.resources).flatMap((resource): EngineResource[] => {
    if (!isRecord(resource) || resource.delete === true) return [];
    const kind = kinds[textOf(resource.type) ?? ""];
    const urn = textOf(resource.urn);
    if (kind === undefined || urn === undefined) return [];
    const inputs = isRecord(resource.inputs) ? resource.inputs : {};
    const outputs = isRecord(resource.outputs) ? resource.outputs : {};
    const id = textOf(resource.id);
    const values = { ...plain(inputs), ...plain(outputs), ...(id === undefined ? {} : { id }) };
    const hidden = Object.keys({ ...inputs, ...outputs }).filter((key) => !Object.hasOwn(values, key));
    return [{ kind, address: urn, values, hidden }];
  });
  return resourcesInventory({ kind: "pulumi-stack", name }, resources);
}

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Takes secrets out, unless the export shows them. */
function plain(values: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
      if (!isRecord(value) || value[signatureKey] !== secretSignature) return [[key, value]];
      if (typeof value.plaintext !== "string") return [];
      try {
        return [[key, JSON.parse(value.plaintext)]];
      } catch {
        return [];
      }
    }),
  );
}
