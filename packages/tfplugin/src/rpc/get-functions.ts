import { toFunction } from "../convert/function";
import type { Handler } from "./handler";

export const getFunctions: Handler<"getFunctions"> = ({ definition }) => ({
  functions: Object.fromEntries(
    Object.entries(definition.functions ?? {}).map(([name, definition]) => [name, toFunction(definition)]),
  ),
});
