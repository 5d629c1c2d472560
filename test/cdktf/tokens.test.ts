// What only Terraform knows when cdktf synthesizes, carried through a real engine.
import { rm } from "node:fs/promises";
import path from "node:path";
import { DataMcpstackServer, Gateway, McpstackProvider, sameIssuer } from "@mcpstack/cdktf";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { SynthesizedStack } from "./synthesized-stack";

let api: LocalApi;
let stack: SynthesizedStack | undefined;
let outdir: string | undefined;

beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(async () => {
  await stack?.remove();
  if (outdir) await rm(outdir, { recursive: true, force: true });
  await api.close();
});

test.each(["terraform", "opentofu"] as const)(
  "variables reach the API, and the provider's functions take the place of what synth cannot compute, with %s",
  async (engine) => {
    const program = new TerraformStack(Testing.app({ stubVersion: false }), "tokens");
    const variable = (name: string, sensitive = false) =>
      new TerraformVariable(program, name, { sensitive, type: "string" });
    const [apiUrl, issuer, secret] = [variable("api_url"), variable("issuer"), variable("secret", true)];
    new McpstackProvider(program, "mcpstack", { apiUrl: apiUrl.stringValue, metadataCheck: "off" });
    const gateway = new Gateway(program, "support", {
      name: "Support",
      providerType: "manual",
      authorizationServerUrl: `${issuer.stringValue}/realms/support`,
      scopes: ["openid", "tickets.read"],
      settings: { display: { title: `The "support" gateway, for \${user}`, issuer: issuer.stringValue } },
      settingsWo: { clientSecret: secret.stringValue },
      settingsWoVersion: 1,
    });
    const server = new DataMcpstackServer(program, "petalpal", { serverId: "petalpal-api" });
    const attachment = gateway.attachTo(server, { publicId: "gw_petalpal" });
    const callbackUrl = Gateway.callbackUrl({ publicId: attachment.publicId, apiUrl: apiUrl.stringValue });
    new TerraformOutput(program, "computed", { value: callbackUrl });
    new TerraformOutput(program, "confirmed", { value: attachment.callbackUrl });
    new TerraformOutput(program, "same", { value: sameIssuer(issuer.stringValue, "https://auth.example.invalid/") });
    const existing = api.store.createGateway({
      name: "Made by hand",
      providerType: "auth0",
      authorizationServerUrl: "https://tenant.example.invalid/",
    });
    Gateway.fromGatewayName(program, "by-hand", "Made by hand").attachTo("orders-api");

    outdir = Testing.fullSynth(program);
    stack = await SynthesizedStack.init(path.join(outdir, "stacks/tokens"), engine, api, {
      TF_VAR_api_url: api.url,
      TF_VAR_issuer: "https://auth.example.invalid",
      TF_VAR_secret: 'quoted "secret" \\ and more',
    });
    await stack.plan();
    await stack.apply();

    const made = api.store.gateways().find(({ name }) => name === "Support");
    expect(made).toMatchObject({ authorizationServerUrl: "https://auth.example.invalid/realms/support" });
    expect(made?.unknown).toMatchObject({
      display: { title: `The "support" gateway, for \${user}`, issuer: "https://auth.example.invalid" },
    });
    expect(made?.secrets).toEqual({ clientSecret: 'quoted "secret" \\ and more' });
    expect(api.store.attachment("orders-api")).toMatchObject({ gatewayId: existing.id });
    const confirmed = `${api.url}/api/v1/gateway/gw_petalpal/oauth/callback`;
    expect(await stack.outputs()).toEqual({ computed: confirmed, confirmed, same: false });
    expect((await stack.plan()).status).toBe(0);
  },
);
