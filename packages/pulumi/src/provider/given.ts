import { type Fields, isEmpty, isLeftOut } from "@mcpstack/model";
import { isPlainObject, type Properties } from "./values";

/**
 * The arguments that a program gave: an empty value of an optional one, `""`, `[]`, `{}` or null, is as if it were left out. A check does this
 * first, so that nothing after it meets an empty value.
 */
export function given(fields: Fields, { adopt, connection, ...rest }: Properties): Record<string, unknown> {
  const arguments_ = Object.entries(rest).filter(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return !(field && isLeftOut(field, value));
  });
  const chosen = givenConnection(connection);
  return {
    ...Object.fromEntries(arguments_),
    ...(!isEmpty(adopt) && { adopt }),
    ...(chosen !== undefined && { connection: chosen }),
  };
}

/** The same of a `connection`; undefined where nothing of it is given. Any other value stays, for validation to refuse. */
export function givenConnection(connection: unknown): unknown {
  if (!isPlainObject(connection)) return isEmpty(connection) ? undefined : connection;
  const parts = Object.entries(connection).filter(([, value]) => !isEmpty(value));
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}
