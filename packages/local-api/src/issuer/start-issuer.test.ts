import { createHash } from "node:crypto";
import { answerOf, closeAfterTest } from "../testing/caller";
import { IssuerStartError, startIssuer } from "./start-issuer";

async function get(url: string, headers: Record<string, string> = {}) {
  return answerOf(await fetch(url, { redirect: "manual", headers }));
}

describe("the issuer", () => {
  test("publishes an OpenID document that names itself, and a key set", async () => {
    const issuer = closeAfterTest(await startIssuer({ path: "/realms/x", scopes: ["openid", "tickets.read"] }));
    expect(issuer.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/realms\/x$/);
    const { json } = await get(`${issuer.url}/.well-known/openid-configuration`);
    expect(json).toMatchObject({
      issuer: issuer.url,
      authorization_endpoint: `${issuer.url}/auth`,
      token_endpoint: `${issuer.url}/token`,
      code_challenge_methods_supported: ["S256"],
      scopes_supported: expect.arrayContaining(["openid", "tickets.read"]),
    });
    expect((await get(json.jwks_uri)).json.keys).toMatchObject([{ kty: "RSA", alg: "RS256" }]);
    expect((await get(json.jwks_uri)).text).not.toContain('"d"');
  });

  test("serves the same document path-inserted, only in the forms asked for, and logs every request", async () => {
    const issuer = closeAfterTest(await startIssuer({ path: "/realms/x", wellKnown: ["oauth-inserted"] }));
    const { origin } = new URL(issuer.url);
    const found = await get(`${origin}/.well-known/oauth-authorization-server/realms/x`);
    expect(found.json.issuer).toBe(issuer.url);
    expect(found.json.token_endpoint).toBe(`${issuer.url}/token`);
    expect((await get(`${issuer.url}/.well-known/openid-configuration`)).status).toBe(404);
    expect((await get(`${origin}/`)).status).toBe(404);
    expect(issuer.requests).toMatchObject([
      { method: "GET", path: "/.well-known/oauth-authorization-server/realms/x", status: 200 },
      { path: "/realms/x/.well-known/openid-configuration", status: 404 },
      { path: "/", status: 404 },
    ]);
  });

  test("signs a user in and gives a token for the resource that was asked for", async () => {
    const redirect = "http://127.0.0.1:9/callback";
    const issuer = closeAfterTest(
      await startIssuer({
        clients: [
          {
            client_id: "c",
            redirect_uris: [redirect],
            token_endpoint_auth_method: "none",
            application_type: "native",
          },
        ],
      }),
    );
    const verifier = "v".repeat(50);
    const query = new URLSearchParams({
      client_id: "c",
      redirect_uri: redirect,
      response_type: "code",
      scope: "openid tickets.read",
      resource: "https://api.example.com",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    const code = await follow(`${issuer.url}/auth?${query}`, redirect);
    const response = await fetch(`${issuer.url}/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: "c",
        redirect_uri: redirect,
        code,
        code_verifier: verifier,
        resource: "https://api.example.com",
      }),
    });
    const token = (await response.json()) as { access_token: string };
    const claims = JSON.parse(Buffer.from(token.access_token.split(".")[1]!, "base64url").toString());
    expect(claims).toMatchObject({ iss: issuer.url, aud: "https://api.example.com", scope: "tickets.read" });
  });

  test("says why it did not start", async () => {
    const first = closeAfterTest(await startIssuer());
    const port = Number(new URL(first.url).port);
    await expect(startIssuer({ port })).rejects.toThrow(IssuerStartError);
    await expect(startIssuer({ port })).rejects.toThrow(/EADDRINUSE/);
  });
});

/** Follows redirects with cookies, as a browser does, until the client's own address is met. */
async function follow(url: string, end: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = url;
  for (let n = 0; n < 10 && !at.startsWith(end); n += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    at = new URL(response.headers.get("location") ?? "", at).href;
  }
  return new URL(at).searchParams.get("code") ?? "";
}
