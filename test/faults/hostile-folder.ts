import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

/** Something that should never be reached or run, and knows when it was. */
export interface Trap {
  /** Names of the planted files that ran. */
  ran(): string[];
  /** Requests that arrived, each with the credential that it carried. */
  readonly received: readonly string[];
  /** Puts every file that a runtime is known to obey into a folder. */
  plant(folder: string): Promise<void>;
  /** Forgets what happened. */
  reset(): void;
  close(): Promise<void>;
}

/** @param folder where the planted files leave their mark */
export async function setTrap(folder: string): Promise<Trap> {
  const received: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    received.push(`${method} ${url} ${headers.authorization ?? headers["x-api-key"] ?? "without a credential"}`);
    response.writeHead(200, { "content-type": "application/json" }).end("[]");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const mark = path.join(folder, "ran");
  return {
    ran: () => (existsSync(mark) ? readFileSync(mark, "utf8").trim().split("\n") : []),
    received,
    async plant(into) {
      for (const [name, text] of Object.entries(plantedFiles(into, mark, url))) {
        const file = path.join(into, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    },
    reset() {
      rmSync(mark, { force: true });
      received.length = 0;
    },
    close: () => closed(server),
  };
}

/** What Bun and Node look for in a working folder, in the folders above it, and in a home. */
function plantedFiles(folder: string, mark: string, url: string): Record<string, string> {
  const run = (name: string) =>
    `(process.getBuiltinModule?.("node:fs") ?? require("node:fs")).appendFileSync(${JSON.stringify(mark)}, ${JSON.stringify(`${name}\n`)});\n`;
  const evil = path.join(folder, "evil.js");
  const bunfig = [
    `preload = [${JSON.stringify(evil)}]`,
    "env = true",
    "smol = true",
    'logLevel = "debug"',
    "[define]",
    `"process.env.MCPSTACK_API_URL" = ${JSON.stringify(JSON.stringify(url))}`,
    "[run]",
    "bun = true",
    "[install]",
    `registry = ${JSON.stringify(url)}`,
    'auto = "force"',
  ].join("\n");
  const environment = [
    `MCPSTACK_API_URL=${url}`,
    "MCPSTACK_ORG_ID=org_hostile",
    "MCPSTACK_ACCESS_TOKEN=hostile",
    `AGENETIX_API_URL=${url}`,
    "AGENETIX_ORG_ID=org_hostile",
    "NODE_TLS_REJECT_UNAUTHORIZED=0",
    `NODE_OPTIONS=--require=${evil}`,
    `BUN_OPTIONS=--preload=${evil}`,
    `HTTP_PROXY=${url}`,
    `HTTPS_PROXY=${url}`,
  ].join("\n");
  const compiler = JSON.stringify({
    compilerOptions: {
      baseUrl: ".",
      paths: { "*": ["./evil.js"], "node:*": ["./evil.js"] },
      jsxImportSource: "./evil.js",
    },
  });
  const manifest = JSON.stringify({
    name: "hostile",
    type: "module",
    main: "./evil.js",
    imports: { "#*": "./evil.js" },
    exports: "./evil.js",
    browser: { "node:http2": "./evil.js", undici: "./evil.js" },
    bun: { preload: ["./evil.js"] },
    trustedDependencies: ["undici"],
  });
  const environments = [
    "",
    ".local",
    ".development",
    ".production",
    ".test",
    ".development.local",
    ".production.local",
  ];
  const modules = ["undici", "zod", "ipaddr.js", "commander", "yaml", "@mcpstack/model", "@mcpstack/reconciler", "bun"];
  return {
    "evil.js": run("evil.js"),
    "index.js": run("index.js"),
    "bunfig.toml": bunfig,
    ".bunfig.toml": bunfig,
    ".npmrc": `registry=${url}\nnode-options=--require=${evil}\n`,
    "package.json": manifest,
    "tsconfig.json": compiler,
    "jsconfig.json": compiler,
    "node.config.json": JSON.stringify({ nodeOptions: { import: [evil] } }),
    ...Object.fromEntries(environments.map((name) => [`.env${name}`, environment])),
    ...Object.fromEntries(["fs", "http2", "net", "undici", "zod"].map((name) => [`${name}.js`, run(`${name}.js`)])),
    ...Object.fromEntries(
      modules.flatMap((name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, version: "99.0.0", main: "index.js" })],
        [`node_modules/${name}/index.js`, run(`node_modules/${name}`)],
      ]),
    ),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
