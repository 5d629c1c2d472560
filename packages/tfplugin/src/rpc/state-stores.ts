import type { Handler } from "./handler";
import { unsupported } from "./lookup";

// A provider of this library has no state stores.

const none = (typeName: string) => unsupported("state store", typeName);

export const validateStateStoreConfig: Handler<"validateStateStoreConfig"> = (_provider, request) => {
  throw none(request.typeName);
};

export const configureStateStore: Handler<"configureStateStore"> = (_provider, request) => {
  throw none(request.typeName);
};

// biome-ignore lint/correctness/useYield: the stream ends with the error
export const readStateBytes: Handler<"readStateBytes"> = async function* (_provider, request) {
  throw none(request.typeName);
};

export const writeStateBytes: Handler<"writeStateBytes"> = (_provider, requests) => {
  throw none(requests[0]?.meta?.typeName ?? "");
};

export const lockState: Handler<"lockState"> = (_provider, request) => {
  throw none(request.typeName);
};

export const unlockState: Handler<"unlockState"> = (_provider, request) => {
  throw none(request.typeName);
};

export const getStates: Handler<"getStates"> = (_provider, request) => {
  throw none(request.typeName);
};

export const deleteState: Handler<"deleteState"> = (_provider, request) => {
  throw none(request.typeName);
};
