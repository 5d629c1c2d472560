import { Readable } from "node:stream";
import { render, reviewPlan } from "@mcpstack/review";

// Plans of the shapes that the public format documentation and these providers' schemas describe. Some mention the product's name,
// as a plan of a team that uses it will.

type Document = Record<string, unknown>;

const resource = (
  type: string,
  name: string,
  actions: string[],
  before: unknown,
  after: unknown,
  more: Document = {},
) => ({
  address: `${more.module_address === undefined ? "" : `${more.module_address}.`}${type}.${name}`,
  mode: "managed",
  type,
  name,
  provider_name: `registry.terraform.io/hashicorp/${type.split("_")[0]}`,
  change: { actions, before, after, after_unknown: { id: true }, before_sensitive: {}, after_sensitive: {} },
  ...more,
});

const plan = (resources: unknown[], more: Document = {}) => ({
  format_version: "1.2",
  terraform_version: "1.9.8",
  planned_values: { root_module: { resources: [] } },
  resource_changes: resources,
  configuration: { provider_config: {}, root_module: {} },
  errored: false,
  ...more,
});

const policy =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::mcpstack-logs\\u002f*"}]}';

const plans: readonly (readonly [string, unknown])[] = [
  [
    "an AWS bucket and a policy with JSON inside of JSON",
    plan([
      resource("aws_s3_bucket", "logs", ["create"], null, {
        bucket: "mcpstack-logs",
        tags: { product: "mcpstack_gateway" },
      }),
      resource("aws_iam_policy", "logs", ["update"], { policy }, { policy: policy.replace("s3:*", "s3:GetObject") }),
    ]),
  ],
  [
    "an Azure application with identifier URIs",
    plan([
      resource(
        "azuread_application",
        "api",
        ["update"],
        { identifier_uris: ["api://a"] },
        { identifier_uris: ["api://b"], display_name: "mcpstack" },
      ),
    ]),
  ],
  [
    "a Google service account in a module with for_each",
    plan([
      resource(
        "google_service_account",
        "sa",
        ["create"],
        null,
        { account_id: "x" },
        { module_address: 'module.team["mcpstack"]', index: "a.b" },
      ),
    ]),
  ],
  [
    "Kubernetes manifests with unknown and sensitive parts",
    plan([
      resource(
        "kubernetes_manifest",
        "app",
        ["update"],
        { manifest: { spec: { replicas: 1 } } },
        { manifest: { spec: { replicas: 2 } }, object: null },
      ),
      resource("kubernetes_secret", "s", ["create"], null, { data: { a: "b" } }),
    ]),
  ],
  [
    "a Helm release with a multi-line YAML value",
    plan([resource("helm_release", "app", ["update"], { values: ["a: 1\n"] }, { values: ['a: 1\nb: "\\u2028"\n'] })]),
  ],
  [
    "random, null, time and TLS resources that are replaced",
    plan([
      resource("random_id", "x", ["delete", "create"], { hex: "a" }, { byte_length: 4 }),
      resource("null_resource", "n", ["create", "delete"], {}, {}),
      resource("tls_private_key", "k", ["create"], null, { algorithm: "ED25519" }),
    ]),
  ],
  [
    "a GitHub repository that is forgotten",
    plan([resource("github_repository", "mcpstack", ["forget"], { name: "mcpstack" }, null)]),
  ],
  [
    "an Auth0 client and a connection",
    plan([
      resource(
        "auth0_client",
        "support",
        ["update"],
        { callbacks: ["https://api.mcpstack.com/api/v1/gateway/gw_a/oauth/callback"] },
        { callbacks: ["https://api.mcpstack.com/api/v1/gateway/gw_b/oauth/callback"] },
      ),
    ]),
  ],
  [
    "a Vault secret, drift, imports and a move",
    plan([resource("vault_kv_secret_v2", "s", ["no-op"], {}, {}, { previous_address: "vault_kv_secret_v2.old" })], {
      resource_drift: [resource("vault_kv_secret_v2", "s", ["update"], { a: 1 }, { a: 2 })],
    }),
  ],
  [
    "Cloudflare records with a data source that is read",
    plan([
      resource("cloudflare_record", "mcp", ["create"], null, { name: "mcp", content: "support.mcp.mcpstack.com" }),
      { ...resource("cloudflare_zone", "z", ["read"], null, {}), mode: "data" },
    ]),
  ],
  [
    "a plan without changes, checks and outputs only",
    plan([], {
      resource_changes: undefined,
      output_changes: { url: { actions: ["create"], before: null, after: "https://api.mcpstack.com" } },
      checks: [{ address: { kind: "check" }, status: "pass" }],
    }),
  ],
  [
    "an old plan of format 1.0 with prior state in nested modules",
    {
      ...plan([]),
      format_version: "1.0",
      prior_state: {
        format_version: "1.0",
        values: {
          root_module: {
            child_modules: [
              {
                address: "module.a",
                child_modules: [{ address: "module.a.module.b", resources: [{ type: "aws_vpc", values: {} }] }],
              },
            ],
          },
        },
      },
    },
  ],
  [
    "OpenTofu with a provider whose name is close",
    plan([
      resource(
        "mcpstackext_gateway",
        "x",
        ["create"],
        null,
        { authorization_server_url: "http://evil.example" },
        { provider_name: "registry.opentofu.org/other/mcpstackext" },
      ),
    ]),
  ],
  [
    "a Pulumi preview of AWS and Kubernetes",
    {
      config: { "aws:region": "eu-west-1" },
      steps: [
        {
          op: "create",
          urn: "urn:pulumi:dev::app::aws:s3/bucket:Bucket::logs",
          newState: { type: "aws:s3/bucket:Bucket", inputs: { bucket: "mcpstack-logs" } },
        },
        { op: "same", urn: "urn:pulumi:dev::app::kubernetes:apps/v1:Deployment::web", oldState: {}, newState: {} },
      ],
      changeSummary: { create: 1, same: 1 },
    },
  ],
  [
    "another dynamic resource of Pulumi",
    {
      steps: [
        {
          op: "update",
          urn: "urn:pulumi:dev::app::pulumi-nodejs:dynamic:Resource::x",
          oldState: { type: "pulumi-nodejs:dynamic:Resource", inputs: {} },
          newState: { type: "pulumi-nodejs:dynamic:Resource", inputs: { note: "mcpstack:Gateway" } },
        },
      ],
      changeSummary: { update: 1 },
    },
  ],
  [
    "a CDKTF stack of AWS",
    {
      "//": { metadata: { stackName: "app", version: "0.21.0" } },
      terraform: { backend: {} },
      provider: { aws: [{ region: "eu-west-1" }] },
      resource: { aws_instance: { web: { "//": { metadata: { path: "app/web" } }, ami: "ami-1" } } },
    },
  ],
];

test.each(plans)("%s: no finding, and one line that says so", async (_, document) => {
  const text = JSON.stringify(document);
  const input = () => ({ name: "plan.json", content: Readable.from([Buffer.from(text)]) });
  const result = await reviewPlan(input(), {
    now: new Date("2026-11-24T00:00:00Z"),
    ...(text.includes('"stackName"') ? { base: input() } : {}),
  });
  expect(result.findings).toEqual([]);
  const options = { colour: false, maxBytes: 65_536, version: "0.1.0" };
  expect(render(result, "terminal", options)).toMatch(
    /^MCP Stack: no gateway is touched \(\d+ resources? in the (?:plan|preview|stack)\); nothing to review\.\n$/,
  );
  expect(render(result, "markdown", options).split("\n")).toHaveLength(3);
});
