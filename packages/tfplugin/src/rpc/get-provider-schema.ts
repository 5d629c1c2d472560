import { toFunction } from "../convert/function";
import { toSchema } from "../convert/schema";
import type { Schema } from "../schema/schema";
import { SERVER_CAPABILITIES } from "./capabilities";
import type { Handler } from "./handler";

export const getProviderSchema: Handler<"getProviderSchema"> = ({ definition }) => ({
  serverCapabilities: SERVER_CAPABILITIES,
  provider: toSchema(definition.schema),
  resourceSchemas: mapped(definition.resources, ({ schema }) => toSchema(schema)),
  dataSourceSchemas: schemas(definition.dataSources),
  ephemeralResourceSchemas: schemas(definition.ephemeralResources),
  listResourceSchemas: schemas(definition.listResources),
  functions: mapped(definition.functions, toFunction),
});

function schemas(of: Readonly<Record<string, { readonly schema: Schema }>> | undefined) {
  return mapped(of, ({ schema }) => toSchema(schema));
}

function mapped<T, U>(of: Readonly<Record<string, T>> | undefined, to: (item: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(of ?? {}).map(([name, item]) => [name, to(item)]));
}
