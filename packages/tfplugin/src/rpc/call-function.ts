import { fromDynamicValue, toDynamicValue } from "../convert/dynamic-value";
import { FunctionError } from "../diagnostics/errors";
import type { Handler } from "./handler";
import { functionOf } from "./lookup";

/** A function answers with an error of its own kind, not with diagnostics. */
export const callFunction: Handler<"callFunction"> = async (provider, request, signal) => {
  try {
    const definition = functionOf(provider, request.name);
    const args = request.arguments.map((message, i) => {
      const parameter = definition.parameters[i] ?? definition.variadic;
      if (parameter === undefined)
        throw new FunctionError(`The function takes ${definition.parameters.length} arguments.`);
      return fromDynamicValue(parameter.type, message);
    });
    const result = await definition.call(args, provider.context(signal, undefined));
    return { result: toDynamicValue(definition.returns, result) };
  } catch (error) {
    const argument = error instanceof FunctionError ? error.argument : undefined;
    return {
      error: {
        text: error instanceof Error ? error.message : String(error),
        functionArgument: argument === undefined ? undefined : BigInt(argument),
      },
    };
  }
};
