// An Express server with the metadata router of the MCP SDK: authorization server and protected resource at once. In a process of its
// own, since jest cannot load its ES modules. Sends `{ url }`, then `{ asked }` for every request.
import { once } from "node:events";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { getOAuthProtectedResourceMetadataUrl, mcpAuthRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import express from "express";

process.once("disconnect", () => process.exit());

const app = express();
const server = app.listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}`;
const resourceServerUrl = new URL("/mcp", url);

/** Knows no client and no token: only what it publishes is looked at. */
const refuse = () => {
  throw new Error("not asked for");
};
const provider = {
  clientsStore: { getClient: () => undefined, registerClient: refuse },
  authorize: refuse,
  challengeForAuthorizationCode: refuse,
  exchangeAuthorizationCode: refuse,
  exchangeRefreshToken: refuse,
  verifyAccessToken: refuse,
};

app.use((request, _response, next) => {
  process.send?.({ asked: request.originalUrl });
  next();
});
app.use(mcpAuthRouter({ provider, issuerUrl: new URL(url), resourceServerUrl, scopesSupported: ["orders.read"] }));
const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resourceServerUrl);
app.use("/mcp", requireBearerAuth({ verifier: provider, resourceMetadataUrl }), (_request, response) => response.end());

process.send?.({ url, resource: resourceServerUrl.href });
