// What a gateway leaves unset is known to be unset: what is made of it is no change, and a saved plan of it is carried out.
import path from "node:path";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";

let api: LocalApi;
let project: InlineProject;
beforeAll(async () => {
  api = await startLocalApi();
  project = await inlineProject("unset-outputs", api.environment());
});
afterAll(async () => {
  project.remove();
  await api.close();
});

const plain = (name: string): GatewayArgs => ({
  name,
  providerType: "manual",
  authorizationServerUrl: "https://auth.example.com",
  metadataCheck: "off",
});

async function program() {
  const first = new Gateway("first", plain("First"));
  const { resource, description, clientId, scopes, trustedOrigins, settings, findings, metadataUrl, metadata } = first;
  new Gateway("second", {
    ...plain("Second"),
    ...{ resource, description, clientId, scopes, trustedOrigins, settings, metadataUrl },
    findings: findings.apply((chosen) => chosen ?? {}),
  });
  const unset = { resource, description, scopes, settings, metadata };
  return { unset: pulumi.output(unset).apply((values) => Object.values(values).map((value) => typeof value)) };
}

test("a program that hands unset outputs on plans nothing once it is applied", async () => {
  const { outputs } = await project.up(program);
  expect(outputs.unset).toEqual(Array(5).fill("undefined"));
  expect((await project.preview(program)).changes).toEqual({ same: 2 });
});

test("a saved plan of such a program is carried out", async () => {
  const plan = path.join(project.folder, "plan.json");
  await project.preview(program, { plan });
  await project.up(program, { plan });
});
