// Documents that nobody should publish, each made from a seed: the same seed makes the same document.
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

export const issuer = "https://id.example";
export const resource = "https://api.example/orders";
export const clientId = "https://app.example/client.json";
export const mcpUrl = "https://tools.example/api/v1/gateway/gw/mcp";

/** What a document names addresses of: an internal host among them, which nothing may be sent to. */
export const internalHost = "internal.test";

const fields = [
  ..."issuer authorization_endpoint token_endpoint registration_endpoint jwks_uri userinfo_endpoint scopes_supported".split(
    " ",
  ),
  ..."response_types_supported grant_types_supported code_challenge_methods_supported protected_resources".split(" "),
  ..."token_endpoint_auth_methods_supported require_pushed_authorization_requests resource authorization_servers".split(
    " ",
  ),
  ..."authorization_response_iss_parameter_supported dpop_bound_access_tokens_required scopes keys client_id".split(
    " ",
  ),
  ..."redirect_uris tls_client_certificate_bound_access_tokens client_id_metadata_document_supported".split(" "),
  ..."resource_name resource_documentation bearer_methods_supported client_name".split(" "),
  ..."__proto__ constructor toString hasOwnProperty then toJSON length".split(" "),
];

const texts = [
  "",
  " ",
  issuer,
  `${issuer}/`,
  "HTTPS://ID.EXAMPLE",
  "https://id.example:443",
  "http://id.example",
  "https://id.example@evil.example/",
  "https://evil.example/token",
  `http://${internalHost}/keys`,
  "http://169.254.169.254/latest/meta-data",
  "http://[::ffff:10.0.0.1]/x",
  "http://0x7f.1/x",
  "https://id.example/\\..\\evil",
  "https://id.example/%2e%2e/%00",
  "//evil.example/x",
  "javascript:alert(1)",
  "data:application/json,{}",
  "file:///etc/passwd",
  "\u202ehttps://id.example",
  "https://id.example/\u2066\u202e",
  "\u001b]0;owned\u0007",
  "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\",
  "\u001b[2J\u001b[H\u001b[31m",
  "\u009b31m",
  "::error::owned",
  "##[error]owned",
  "##vso[task.setvariable variable=x]y",
  "| a | b |\n|---|---|",
  "|",
  "```\n# owned",
  "``` `` `",
  "<script>alert(1)</script>",
  "<!-- x",
  "<details><summary>x",
  "<img src=x onerror=alert(1)>",
  "</code></td></table>",
  "[click](javascript:alert(1))",
  "![x](https://evil.example/x.png)",
  "# owned\n- [ ] x\n> y\n1. z",
  "@everyone #1 GH-1 www.evil.example",
  "&lt;b&gt; &#0; &amp",
  "\\| \\` \\<",
  "a\r\nSet-Cookie: x=y",
  "$(id) `id` %0A $x",
  "\ud800",
  "\udfff\ud800x",
  "https://\u0455d.example",
  "e\u0301\u0301\u0301\u0301\u0301",
  "\u0000",
  "\u200b\ufeff\u00ad\u2060",
  "\u{e0041}\u{e0042}",
  "\ufff9\uffff",
  "\u3164\u115f",
  "S256",
  "plain",
  "code",
  "authorization_code",
  "openid",
  "orders.read",
  "offline_access",
  "https://sts.windows.net/00000000-0000-0000-0000-000000000000/",
  "https://login.microsoftonline.com/{tenantid}/v2.0",
  "https://tenant.auth0.com/",
];

/** A text, short or long; long ones are rare, since they cost time and say the same each time. */
export function hostileText(random) {
  if (random.below(60) === 0)
    return random
      .pick(texts)
      .repeat(1 + random.below(2000))
      .slice(0, 30_000);
  if (random.below(40) === 0) return `https://id.example/${random.pick(texts).repeat(1 + random.below(300))}`;
  return random.pick(texts) + (random.below(3) === 0 ? random.pick(texts) : "");
}

function hostileValue(random, depth) {
  switch (random.below(depth > 2 ? 6 : 9)) {
    case 0:
      return null;
    case 1:
      return random.below(2) === 0;
    case 2:
      return random.pick([0, -1, 1e308, -0, 0.1, Number.MAX_SAFE_INTEGER, 1e21]);
    case 3:
    case 4:
    case 5:
      return hostileText(random);
    case 6:
    case 7: {
      const length = random.below(40) === 0 ? random.below(1200) : random.below(5);
      return Array.from({ length }, () => hostileValue(random, depth + 1));
    }
    default:
      return hostileObject(random, depth + 1);
  }
}

export function hostileObject(random, depth = 0) {
  const object = {};
  for (let left = random.below(depth === 0 ? 14 : 3); left > 0; left--) {
    // As JSON.parse does it: `__proto__` becomes a field of its own.
    const value = hostileValue(random, depth);
    Object.defineProperty(object, random.pick(fields), { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

/** A document that comes past the parser about half of the time, so that what is behind it is met too. */
export function hostileDocument(random, own = {}) {
  const document = hostileObject(random);
  if (random.below(2) === 0) Object.assign(document, own);
  return document;
}

/** A document's text, most often as it is, else damaged, deeply nested, huge or said twice. */
export function hostileJson(random, document) {
  const json = JSON.stringify(document);
  switch (random.below(12)) {
    case 0:
      return json.slice(0, random.below(json.length + 1));
    case 1: {
      const depth = 1 + random.below(3000);
      return `{"issuer":${JSON.stringify(issuer)},"x":${random.pick(["[", '{"a":']).repeat(depth)}1${random.pick(["", "]".repeat(depth)])}}`;
    }
    case 2:
      return `\ufeff${json}`;
    case 3:
      return json
        .replace(/^\{/, `{"issuer":1,"issuer":"${issuer}","issuer":${JSON.stringify(hostileText(random))},`)
        .replace(/,\}$/, "}");
    case 4:
      return random.pick([
        "",
        "null",
        "[]",
        "1e999",
        '"x"',
        "<!doctype html><title>x</title>",
        "{",
        "}{",
        "\u0000{}",
        "[".repeat(5000),
      ]);
    default:
      return json;
  }
}

/** A body and the encoding that it claims: most often true ones. */
export function hostileBody(random, document) {
  const plain = Buffer.from(hostileJson(random, document));
  switch (random.below(14)) {
    case 0:
      return { body: gzipSync(plain, { level: 1 }), encoding: random.pick(["gzip", "x-gzip", "GZIP "]) };
    case 1:
      return { body: deflateSync(plain, { level: 1 }), encoding: "deflate" };
    case 2:
      return { body: brotliCompressSync(plain, { params: { 1: 1 } }), encoding: "br" };
    case 3:
      return { body: bomb(random), encoding: random.pick(["gzip", "gzip, gzip"]) };
    case 4:
      return {
        body: plain,
        encoding: random.pick(["gzip", "br", "deflate", "compress", "__proto__", "constructor", "zstd", "identity"]),
      };
    case 5:
      return {
        body: Buffer.concat([plain, Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80])]),
        encoding: undefined,
      };
    case 6:
      return { body: gzipSync(plain, { level: 1 }).subarray(0, 10 + random.below(40)), encoding: "gzip" };
    default:
      return { body: plain, encoding: undefined };
  }
}

const bombs = [];
/** Packed once: a megabyte or ten in a few kilobytes. */
function bomb(random) {
  if (bombs.length === 0) {
    for (const size of [1_000_000, 10_000_000]) bombs.push(gzipSync(Buffer.alloc(size, 0x20), { level: 9 }));
  }
  return random.pick(bombs);
}
