// The program of an issuer's own process. It is not compiled: oidc-provider is an ES module, and whoever starts an
// issuer, jest included, must not have to load one. It takes its configuration as the first IPC message, answers with
// `{ url }`, and then sends one message for every request that it answers.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";

// oidc-provider 9 uses URL.parse, which Node has from 22.1 on.
URL.parse ??= (url, base) => {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
};

process.once("disconnect", () => process.exit());
process.once("message", (config) => start(config).catch((error) => process.send({ error: String(error) })));

async function start(config) {
  const { Provider } = await import("oidc-provider");
  let answer;
  const listener = (request, response) => answer(request, response);
  const server = config.tls === undefined ? http.createServer(listener) : https.createServer(config.tls, listener);
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, "127.0.0.1", resolve);
  });
  const origin = `${config.tls === undefined ? "http" : "https"}://${config.host}:${server.address().port}`;
  const provider = new Provider(origin + config.path, settings(config));
  answer = mount(provider, config);
  process.send({ url: origin + config.path });
}

const identityScopes = ["openid", "profile", "email", "offline_access"];

function settings(config) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: config.clients,
    scopes: config.scopes,
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "local" }] },
    cookies: { keys: [randomBytes(24).toString("hex")] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id }) }),
    interactions: { url: (_, interaction) => `${config.path}/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: config.registration },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope: config.scopes.filter((scope) => !identityScopes.includes(scope)).join(" "),
          audience: resource,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
  };
}

function mount(provider, config) {
  const callback = provider.callback();
  const documents = new Set(config.wellKnown);
  return (request, response) => {
    const asked = request.url;
    report(request, response);
    const [path] = asked.split("?");
    const inner = path.startsWith(`${config.path}/`) ? asked.slice(config.path.length) : undefined;
    if (inner?.startsWith("/interaction/")) return signIn(provider, request, response);
    if (path.includes("/.well-known/") && !documents.has(path)) return notFound(response);
    if (inner === undefined && !documents.has(path)) return notFound(response);
    request.originalUrl = documents.has(path) ? `${config.path}/.well-known/openid-configuration` : asked;
    request.url = documents.has(path) ? "/.well-known/openid-configuration" : inner;
    return callback(request, response);
  };
}

let reported = 0;
const waiting = new Map();
process.on("message", ({ logged }) => {
  waiting.get(logged)?.();
  waiting.delete(logged);
});

/** Holds the end of the answer back until the other process has logged it: whoever has the answer finds it in the log. */
function report(request, response) {
  const { method, url } = request;
  const at = Date.now();
  const end = response.end.bind(response);
  response.end = (...body) => {
    reported += 1;
    waiting.set(reported, () => end(...body));
    process.send({ number: reported, request: { method, path: url, status: response.statusCode, at } });
    return response;
  };
}

function notFound(response) {
  response.writeHead(404, { "content-type": "text/html" }).end("<!doctype html><title>Not found</title>\n");
}

/** Everybody is signed in as one user and consents to everything: nobody sits at the screen. */
async function signIn(provider, request, response) {
  try {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    const result =
      prompt.name === "login"
        ? { login: { accountId: "user@example.com" } }
        : { consent: { grantId: await consent(provider, prompt, params, session) } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  } catch (error) {
    response.writeHead(400, { "content-type": "text/plain" }).end(`${error.error ?? error.message}\n`);
  }
}

async function consent(provider, prompt, params, session) {
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope ?? "openid");
  for (const [resource, scopes] of Object.entries(prompt.details.missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(" "));
  }
  return grant.save();
}
