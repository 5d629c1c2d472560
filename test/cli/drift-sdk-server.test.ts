import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { closing, codesOf, driftReport } from "./command-line";

// A real MCP server's front: Express with the metadata router and the bearer check of the MCP SDK.

// Neither has types that this program could use: the SDK's need those of Express.
const express = require("express") as () => {
  use(...handlers: unknown[]): void;
  listen(port: number, host: string, done: () => void): Server;
};
const { mcpAuthMetadataRouter, getOAuthProtectedResourceMetadataUrl } =
  require("@modelcontextprotocol/sdk/server/auth/router.js") as {
    mcpAuthMetadataRouter(options: object): unknown;
    getOAuthProtectedResourceMetadataUrl(url: URL): string;
  };
const { requireBearerAuth } = require("@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js") as {
  requireBearerAuth(options: object): unknown;
};

async function sdkServer(issuer: TableIssuer, challenges = true): Promise<string> {
  const app = express();
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, "127.0.0.1", () => resolve(started));
  });
  closing({ close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()) });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  const verifier = { verifyAccessToken: () => Promise.reject(new Error("no token is good")) };
  app.use(mcpAuthMetadataRouter({ oauthMetadata: issuer.metadata(), resourceServerUrl: url }));
  app.use(
    "/mcp",
    requireBearerAuth({
      verifier,
      ...(challenges ? { resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url) } : {}),
    }),
  );
  return url.href;
}

/** The authorization server is named by a document alone, at another port. */
const loopback = ["--finding", "public-insecure=off", "--allow-private-addresses"];

test("an MCP server of the SDK is in order", async () => {
  const issuer = closing(await startTableIssuer());
  const { code, report } = await driftReport([await sdkServer(issuer), ...loopback]);
  expect([report.findings, report.checked.routes, code]).toEqual([[], 1, 0]);
});

test("its missing challenge is found, and so is an authorization server without PKCE", async () => {
  const issuer = closing(await startTableIssuer());
  const silent = await driftReport([await sdkServer(issuer, false), ...loopback]);
  expect(codesOf(silent.report)).toEqual(["public-challenge-missing"]);
  issuer.setMetadata({ code_challenge_methods_supported: undefined });
  const open = await driftReport([await sdkServer(issuer), ...loopback]);
  expect(codesOf(open.report)).toEqual(["public-pkce-missing"]);
});
