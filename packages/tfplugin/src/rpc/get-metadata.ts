import { SERVER_CAPABILITIES } from "./capabilities";
import type { Handler } from "./handler";

export const getMetadata: Handler<"getMetadata"> = ({ definition }) => {
  const typeNames = (of: object | undefined) => Object.keys(of ?? {}).map((typeName) => ({ typeName }));
  return {
    serverCapabilities: SERVER_CAPABILITIES,
    resources: typeNames(definition.resources),
    dataSources: typeNames(definition.dataSources),
    ephemeralResources: typeNames(definition.ephemeralResources),
    listResources: typeNames(definition.listResources),
    functions: Object.keys(definition.functions ?? {}).map((name) => ({ name })),
  };
};
