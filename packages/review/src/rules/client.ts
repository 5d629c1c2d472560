import { compareIssuers } from "@mcpstack/model";
import { isChanged, isEdited, nameOf, stringAt } from "../changes/values";
import { keepsIssuer } from "./kept-issuer";
import { aboutField, perGateway } from "./rule";

/** Which client signs users in. */
export const client = perGateway((gateway) => {
  const draft = aboutField(gateway, "clientId");
  if (isChanged(gateway, "clientId")) {
    const after = stringAt(gateway.after, "clientId");
    return [
      {
        ...draft,
        code: "client-changed",
        summary:
          after === undefined
            ? `${nameOf(gateway)} no longer names a client`
            : `${nameOf(gateway)} signs users in with another client`,
      },
    ];
  }
  const before = stringAt(gateway.before, "authorizationServerUrl");
  const after = stringAt(gateway.after, "authorizationServerUrl");
  const clientId = stringAt(gateway.after, "clientId");
  if (!isEdited(gateway) || before === undefined || after === undefined || clientId === undefined) return [];
  // The URL of a client id metadata document means the same client everywhere.
  const isOther = compareIssuers(before, after) !== "scheme" && !keepsIssuer(gateway, after);
  if (!isOther || clientId.startsWith("https://")) return [];
  return [
    {
      ...draft,
      code: "client-kept-for-new-issuer",
      summary: `${nameOf(gateway)} keeps its client id at a new issuer`,
    },
  ];
});
