import { entraCase, server } from "../case";

export default entraCase({
  scopes: (api) => ["openid", `${api}/plants.read`, `${api}/plants.write`],
  servers: [
    {
      ...server,
      tools: [
        { name: "list", enabled: true, requiredScopes: ["plants.read"] },
        { name: "add", enabled: true, requiredScopes: ["plants.write"] },
      ],
    },
  ],
});
