// The same organization, asked the same questions through both front ends.
import { type LocalApi, startLocalApi, startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { camelCase, snakeCase } from "@mcpstack/model";
import {
  getGateway,
  getGatewayLogs,
  getGatewayServers,
  getGateways,
  getOAuthMetadata,
  getServer,
} from "@mcpstack/pulumi";
import { Workspace } from "../e2e/workspace";
import { planned } from "../metadata/diagnostics";
import { type InlineProject, inlineProject } from "../pulumi/inline-project";

interface Question {
  readonly title: string;
  /** The data source without its prefix, and its arguments in camel case. */
  readonly data: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly pulumi: () => Promise<unknown>;
}

let api: LocalApi;
let issuer: TableIssuer;
let workspace: Workspace;
let project: InlineProject;

beforeAll(async () => {
  [api, issuer] = await Promise.all([startLocalApi(), startTableIssuer()]);
  workspace = await Workspace.create({ api });
  project = await inlineProject("same-answers", {});
  await project.stack.setAllConfig({
    "mcpstack:apiUrl": { value: api.url },
    "mcpstack:accessToken": { value: api.accessToken, secret: true },
  });
  for (const [name, providerType] of [
    ["😀", "manual"],
    ["Ａ", "auth0"],
    ["twice", "manual"],
    ["twice", "auth0"],
    ["Single", "manual"],
  ] as const) {
    api.store.createGateway({
      name,
      providerType,
      authorizationServerUrl: issuer.url,
      scopes: ["profile", "openid", "email"],
      ...(name === "Single" ? { clientId: "support-mcp", resource: "https://api.example.com" } : {}),
    });
  }
  for (const [slug, name] of [
    ["b", "Same"],
    ["a", "Same"],
    ["c", "Other"],
  ] as const) {
    api.store.addServer({ slug, name });
    api.store.attach(slug, { gatewayId: single });
  }
  for (const message of ["first", "second", "third"]) api.store.addLogEvent(single, { message, outcome: "failure" });
});
afterAll(async () => {
  await Promise.all([api.close(), issuer.close(), workspace.remove()]);
  project.remove();
});

const single = "gtw_000005";

test("are answered alike: the same things, in the same order, with the same values", async () => {
  const questions: Question[] = [
    ...[single, "Single"].map((gateway) => ({
      title: `gateway ${gateway}`,
      data: "gateway",
      args: gateway === single ? { id: gateway } : { name: gateway },
      pulumi: () => getGateway({ gateway }),
    })),
    ...[
      {},
      { name: "twice" },
      { providerType: "auth0" },
      { name: "twice", providerType: "auth0" },
      { name: "none" },
    ].map((args) => ({
      title: `gateways ${JSON.stringify(args)}`,
      data: "gateways",
      args,
      pulumi: () => getGateways(args),
    })),
    {
      title: "servers",
      data: "gateway_servers",
      args: { gatewayId: single },
      pulumi: () => getGatewayServers({ gatewayId: single }),
    },
    ...["a", "petalpal-api", "srv_petalpal_api"].map((server) => ({
      title: `server ${server}`,
      data: "server",
      args: { serverId: server },
      pulumi: () => getServer({ server }),
    })),
    {
      title: "logs",
      data: "gateway_logs",
      args: { gatewayId: single, limit: 2 },
      pulumi: () => getGatewayLogs({ gatewayId: single, limit: 2 }),
    },
    ...[{}, { scopes: ["tickets.write"], resource: `${issuer.origin}/api` }].map((more) => {
      const args = { authorizationServerUrl: `${issuer.url}/`, ...more };
      return {
        title: `metadata ${JSON.stringify(more)}`,
        data: "oauth_metadata",
        args,
        pulumi: () => getOAuthMetadata(args),
      };
    }),
  ];

  await workspace.write(configurationOf(questions));
  await workspace.apply();
  const outputs = await workspace.outputs();
  const terraform = questions.map(({ title, data }, at) => [title, inCommon(data, outputs[`q${at}`] as object)]);

  const up = await project.up(async () => {
    const answers = await Promise.all(questions.map(async ({ title, pulumi }) => [title, await pulumi()]));
    return { answers };
  });
  expect(up.outputs.answers).toEqual(terraform);
  expect(Object.fromEntries(terraform)["gateways {}"]).toMatchObject([
    { name: "Single" },
    { name: "twice", id: "gtw_000003" },
    { name: "twice", id: "gtw_000004" },
    { name: "Ａ" },
    { name: "😀" },
  ]);
});

test("are missed alike: an error with the same code", async () => {
  issuer.set("/nothing/.well-known/openid-configuration", { status: 404 });
  const nowhere = { authorizationServerUrl: `${issuer.origin}/nothing` };
  const misses: (Question & { code: string })[] = [
    {
      title: "gateway by id",
      data: "gateway",
      args: { id: "gtw_none" },
      pulumi: () => getGateway({ gateway: "gtw_none" }),
      code: "gateway_not_found",
    },
    {
      title: "gateway by name",
      data: "gateway",
      args: { name: "None" },
      pulumi: () => getGateway({ gateway: "None" }),
      code: "gateway_not_found",
    },
    {
      title: "gateway of a name that two have",
      data: "gateway",
      args: { name: "twice" },
      pulumi: () => getGateway({ gateway: "twice" }),
      code: "gateway_name_ambiguous",
    },
    {
      title: "servers of no gateway",
      data: "gateway_servers",
      args: { gatewayId: "gtw_none" },
      pulumi: () => getGatewayServers({ gatewayId: "gtw_none" }),
      code: "gateway_not_found",
    },
    {
      title: "events of no gateway",
      data: "gateway_logs",
      args: { gatewayId: "gtw_none" },
      pulumi: () => getGatewayLogs({ gatewayId: "gtw_none" }),
      code: "gateway_not_found",
    },
    {
      title: "server",
      data: "server",
      args: { serverId: "none" },
      pulumi: () => getServer({ server: "none" }),
      code: "server_not_found",
    },
    {
      title: "metadata",
      data: "oauth_metadata",
      args: nowhere,
      pulumi: () => getOAuthMetadata(nowhere),
      code: "metadata_not_found",
    },
  ];
  const expected = misses.map(({ title, code }) => [title, code]);

  await workspace.write(configurationOf(misses));
  const { diagnostics } = await planned(workspace);
  const codeAt = (at: number, data: string) =>
    diagnostics
      .filter(({ address }) => address === `data.mcpstack_${data}.q${at}`)
      .map(({ detail }) => /\(([a-z_]+)\)$/.exec(detail)?.[1]);
  expect(misses.map(({ title, data }, at) => [title, ...codeAt(at, data)])).toEqual(expected);
  // What is missing is shown at the argument that asks for it.
  for (const { line } of diagnostics) expect(line).toMatch(/^(id|name|gateway_id|server_id|authorization_server_url) /);

  const up = await project.up(async () => {
    const codeOf = (error: { code?: string }) => error.code;
    return { codes: await Promise.all(misses.map(async ({ title, pulumi }) => [title, await pulumi().catch(codeOf)])) };
  });
  expect(up.outputs.codes).toEqual(expected);
});

/** One data source and one output a question. */
function configurationOf(questions: readonly Question[]): string {
  return questions
    .map(({ data, args }, at) => {
      const lines = Object.entries(args).map(([name, value]) => `  ${snakeCase(name)} = ${JSON.stringify(value)}`);
      const address = `mcpstack_${data}" "q${at}`;
      return `data "${address}" {\n${lines.join("\n")}\n}\noutput "q${at}" {\n  value = data.mcpstack_${data}.q${at}\n}\n`;
    })
    .join("");
}

/** What a data source answers, without the arguments and in the words that both front ends have in common. */
function inCommon(data: string, value: object): unknown {
  const answer = inCamelCase(value) as Record<string, unknown>;
  switch (data) {
    case "gateways":
      return answer.gateways;
    case "gateway_servers":
      return answer.servers;
    case "gateway_logs":
      return answer.events;
    case "server": {
      const { serverId: _, ...server } = answer;
      return server;
    }
    case "oauth_metadata": {
      const findings = answer.findings as { fix: string }[];
      // Each front end names a field as its programs do.
      const inWords = (text: string) => text.replace("authorization_server_url", "authorizationServerUrl");
      return {
        ...(answer.metadata as object),
        url: answer.url,
        findings: findings.map((finding) => ({ ...finding, fix: inWords(finding.fix) })),
      };
    }
    default:
      return answer;
  }
}

/** Null attributes are absent. */
function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [camelCase(name), inCamelCase(inner)]),
  );
}
