import {
  type ApplyResult,
  isObject,
  PartialApply,
  type ResourceDefinition,
  type Schema,
  type Value,
  type ValueObject,
} from "@mcpstack/tfplugin";

/**
 * A resource for which an empty value of an optional attribute, `""`, `[]` or `{}`, is as if it were left out: it is given none of them. Core
 * holds a provider to what the program typed, so plans and states, those of what was only partly done too, have it back as it was typed.
 */
export function keepingEmpty<Client>(resource: ResourceDefinition<Client>): ResourceDefinition<Client> {
  const { schema, validate, read, plan, create, update, delete: remove } = resource;
  const without = <T extends ValueObject | null>(values: T): T => withoutEmpty(schema, values);
  const applied = async (
    apply: () => ApplyResult | Promise<ApplyResult>,
    planned: ValueObject,
  ): Promise<ApplyResult> => {
    try {
      const result = await apply();
      return { ...result, state: withEmpty(schema, result.state, planned) };
    } catch (error) {
      if (!(error instanceof PartialApply) || !isObject(error.state)) throw error;
      const { private: kept, identity } = error;
      throw new PartialApply(withEmpty(schema, error.state, planned), error.cause, {
        ...(kept && { private: kept }),
        ...(identity && { identity }),
      });
    }
  };
  return {
    ...resource,
    ...(validate && { validate: (config, ctx) => validate(without(config), ctx) }),
    async read(request) {
      const result = await read({ ...request, state: without(request.state) });
      return { ...result, state: result.state && withEmpty(schema, result.state, request.state) };
    },
    ...(plan && {
      async plan(request) {
        const { prior, proposed, config } = request;
        const result = await plan({
          ...request,
          prior: without(prior),
          proposed: without(proposed),
          config: without(config),
        });
        return result.planned === undefined || proposed === null
          ? result
          : { ...result, planned: withEmpty(schema, result.planned, proposed) };
      },
    }),
    async create(request) {
      const { planned, config } = request;
      const creation = { ...request, planned: without(planned), config: without(config) };
      return applied(() => create(creation), planned);
    },
    ...(update && {
      async update(request) {
        const { prior, planned, config } = request;
        const change = { ...request, prior: without(prior), planned: without(planned), config: without(config) };
        return applied(() => update(change), planned);
      },
    }),
    delete: (request) => remove({ ...request, prior: without(request.prior) }),
  };
}

function isEmptyValue(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === "" || (isObject(value) && Object.keys(value).length === 0);
}

function emptyNames({ object }: Schema, values: ValueObject): string[] {
  return object.children.flatMap(({ name, optional }) => (optional && isEmptyValue(values[name]) ? [name] : []));
}

function withoutEmpty<T extends ValueObject | null>(schema: Schema, values: T): T {
  if (values === null) return values;
  const names = emptyNames(schema, values);
  return names.length === 0 ? values : { ...values, ...Object.fromEntries(names.map((name) => [name, null])) };
}

function withEmpty(schema: Schema, values: ValueObject, typed: ValueObject): ValueObject {
  // Where something has a value now, that is what there is, unless the provider would have chosen one.
  const names = schema.object.children.flatMap(({ name, optional, computed }) =>
    optional && isEmptyValue(typed[name]) && (computed || values[name] === null) ? [name] : [],
  );
  return names.length === 0
    ? values
    : { ...values, ...Object.fromEntries(names.map((name) => [name, typed[name] as Value])) };
}
