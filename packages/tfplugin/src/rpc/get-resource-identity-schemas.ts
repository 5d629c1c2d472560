import { toIdentitySchema } from "../convert/identity";
import type { Handler } from "./handler";

export const getResourceIdentitySchemas: Handler<"getResourceIdentitySchemas"> = ({ definition }) => ({
  identitySchemas: Object.fromEntries(
    Object.entries(definition.resources ?? {}).flatMap(([name, { identity }]) =>
      identity === undefined ? [] : [[name, toIdentitySchema(identity)]],
    ),
  ),
});
