import { isChanged, nameOf, stringAt } from "../changes/values";
import { aboutField, perGateway } from "./rule";

/** Which API tokens are issued for. */
export const audience = perGateway((gateway) => {
  if (!isChanged(gateway, "resource")) return [];
  const before = stringAt(gateway.before, "resource");
  const after = stringAt(gateway.after, "resource");
  const slash = before !== undefined && after !== undefined && (before === `${after}/` || after === `${before}/`);
  return [
    {
      ...aboutField(gateway, "resource"),
      code: slash ? "trailing-slash-changed" : "audience-changed",
      summary: slash
        ? `The resource of ${nameOf(gateway)} ${after.endsWith("/") ? "gains" : "loses"} its trailing slash`
        : after === undefined
          ? `${nameOf(gateway)} no longer names a resource`
          : `Tokens of ${nameOf(gateway)} are issued for another resource`,
    },
  ];
});
