import { startTableIssuer } from "@mcpstack/local-api";
import { closing, mcpstackIac } from "./command-line";
import { onLoopback, organization } from "./organization";

/** Runs `drift --watch`, and resolves each step when its text has been printed. */
function watching(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ending = new AbortController();
  let seen = "";
  let wake = () => {};
  const outcome = mcpstackIac(["drift", "--watch", "0.05", ...args], {
    env,
    signal: ending.signal,
    onStdout: (text) => {
      seen = text;
      wake();
    },
  });
  return {
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(seen)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return seen;
    },
    async end() {
      ending.abort();
      return outcome;
    },
  };
}

test("--watch prints the first report, then only what appears and what is gone", async () => {
  const issuer = closing(await startTableIssuer());
  const run = watching([issuer.url]);
  const first = await run.until(/nothing found\.\n$/);
  issuer.setMetadata({ issuer: `${issuer.url}/` });
  const appeared = await run.until(/ \+ warn issuer-trailing-slash /);
  expect(appeared.slice(first.length)).toContain(`Set authorizationServerUrl to "${issuer.url}/".\n`);
  issuer.setMetadata({ issuer: issuer.url });
  const gone = await run.until(/ - warn issuer-trailing-slash /);
  expect(gone.slice(first.length).trim().split("\n")).toHaveLength(2);
  expect((await run.end()).code).toBe(0);
});

test("with --format json, each change is one line", async () => {
  const issuer = closing(await startTableIssuer());
  const run = watching([issuer.url, "--format", "json"]);
  await run.until(/\n/);
  issuer.setMetadata({ issuer: `${issuer.url}/` });
  const lines = (await run.until(/appeared.*\n/)).trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { change?: string }).change)).toEqual([undefined, "appeared"]);
  expect((await run.end()).code).toBe(1);
});

test("an API that fails for a while is said, and what it hides does not count as repaired", async () => {
  const { api, env, issuer } = await organization();
  issuer.setMetadata({ issuer: `${issuer.url}/` });
  const run = watching(onLoopback, env);
  await run.until(/1 warning/);
  const fault = api.faults.add({ match: { path: "/gateways" }, action: { status: 403 } });
  while (fault.struck < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  fault.remove();
  issuer.setMetadata({ token_endpoint: undefined });
  const text = await run.until(/ \+ error endpoint-missing /);
  expect(text).not.toMatch(/is gone/);
  const { stderr, code } = await run.end();
  expect(stderr).toMatch(/mcpstack-iac drift: .*\[forbidden\]/);
  expect(code).toBe(1);
});

test("a document is asked for again only when HTTP caching says so", async () => {
  const issuer = closing(await startTableIssuer());
  const kept = "/.well-known/oauth-authorization-server";
  issuer.set(kept, { body: issuer.metadata(), headers: { "cache-control": "max-age=3600" } });
  const run = watching([issuer.url]);
  // The key set may not be kept, so that it counts the rounds.
  while (issuer.count("/jwks") < 4) await new Promise((resolve) => setTimeout(resolve, 10));
  await run.end();
  expect(issuer.count(kept)).toBe(1);
});
