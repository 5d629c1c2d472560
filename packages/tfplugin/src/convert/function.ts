import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FunctionDefinition, FunctionParameter } from "../provider/definition";
import { type FunctionSchema, StringKind } from "../wire/gen/tfplugin6_pb";
import { described, typeBytes } from "./schema";

export function toFunction(definition: FunctionDefinition): MessageInitShape<typeof FunctionSchema> {
  return {
    parameters: definition.parameters.map(toParameter),
    ...(definition.variadic === undefined ? {} : { variadicParameter: toParameter(definition.variadic) }),
    return: { type: typeBytes(definition.returns) },
    summary: definition.summary ?? "",
    description: definition.description ?? "",
    descriptionKind: StringKind.MARKDOWN,
    deprecationMessage: definition.deprecated ?? "",
  };
}

function toParameter(parameter: FunctionParameter) {
  return {
    name: parameter.name,
    type: typeBytes(parameter.type),
    allowNullValue: parameter.allowNull ?? false,
    allowUnknownValues: parameter.allowUnknown ?? false,
    ...described(parameter.description),
  };
}
