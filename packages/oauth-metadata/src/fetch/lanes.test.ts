import { startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { MetadataReader } from "../reader";

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function hanging(): Promise<TableIssuer> {
  const issuer = await startTableIssuer();
  running.push(issuer);
  for (let api = 0; api < 8; api++) {
    issuer.set(`/api/${api}`, { hang: true });
    issuer.set(`/.well-known/oauth-protected-resource/api/${api}`, { hang: true });
  }
  return issuer;
}

test("APIs that hang at the issuer's origin do not take its turn, nor is their silence the issuer's", async () => {
  const issuer = await hanging();
  const reader = new MetadataReader({ timeoutMs: 400, requestsPerHost: 2 });
  running.push(reader);
  const o = { programUrls: [issuer.url] };
  const apis = Array.from({ length: 8 }, (_, api) => reader.protectedResource(`${issuer.origin}/api/${api}`, o));

  // While they hang, and after they have failed.
  expect((await reader.authorizationServer({ authorizationServerUrl: issuer.url }, o)).kind).toBe("found");
  for (const api of await Promise.all(apis)) expect(api.kind).toBe("unreachable");
  expect((await reader.keySet(`${issuer.url}/jwks`, o)).kind).toBe("found");
});

test("A host that takes no connection is not asked again, whoever asks", async () => {
  const issuer = await hanging();
  await issuer.close();
  running.length = 0;
  const reader = new MetadataReader();
  running.push(reader);
  const o = { programUrls: [issuer.url] };
  const first = await reader.challenge(`${issuer.origin}/api/0`, o);
  const server = await reader.authorizationServer({ authorizationServerUrl: issuer.url }, o);
  expect(first).toMatchObject({ kind: "unreachable", attempt: { outcome: "refused" } });
  expect(server.attempts.map(({ outcome }) => outcome)).toEqual(["refused", "refused"]);
});
