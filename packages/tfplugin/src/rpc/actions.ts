import type { Handler } from "./handler";
import { unsupported } from "./lookup";

// A provider of this library has no actions.

export const validateActionConfig: Handler<"validateActionConfig"> = (_provider, request) => {
  throw unsupported("action", request.actionType);
};

export const planAction: Handler<"planAction"> = (_provider, request) => {
  throw unsupported("action", request.actionType);
};

// biome-ignore lint/correctness/useYield: the stream ends with the error
export const invokeAction: Handler<"invokeAction"> = async function* (_provider, request) {
  throw unsupported("action", request.actionType);
};
