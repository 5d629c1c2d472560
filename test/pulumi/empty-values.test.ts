// Programs pass empty values through for what their callers leave out: these are as if nothing were given.
import path from "node:path";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { Gateway, type GatewayArgs, ServerGatewayAttachment, type ServerGatewayAttachmentArgs } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import { type InlineProject, inlineProject } from "./inline-project";
import { writes } from "./requests";

let api: LocalApi;
let project: InlineProject;
beforeEach(async () => {
  api = await startLocalApi();
  project = await inlineProject("empty-values", api.environment());
});
afterEach(async () => {
  await api.close();
  project.remove();
});

interface Empty {
  readonly gateway?: Partial<Record<keyof GatewayArgs, unknown>>;
  readonly attachment?: Partial<Record<keyof ServerGatewayAttachmentArgs, unknown>>;
}

const programOf =
  ({ gateway = {}, attachment = {} }: Empty = {}) =>
  async () => {
    const support = new Gateway("support", {
      name: "Support",
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.invalid",
      metadataCheck: "off",
      ...gateway,
    } as GatewayArgs);
    const attached = { serverId: "petalpal-api", gatewayId: support.id, ...attachment } as ServerGatewayAttachmentArgs;
    const { publicId, callbackUrl } = new ServerGatewayAttachment("support", attached);
    return { publicId, callbackUrl };
  };

const everything = {
  gateway: {
    adopt: "",
    connection: { apiUrl: "", organization: "" },
    description: "",
    scopes: [],
    findings: {},
    settings: {},
    settingsWo: {},
  },
  attachment: { adopt: "", connection: { organization: "" }, publicId: "" },
};
const otherwise = {
  gateway: { adopt: null, connection: {}, description: null, settings: "{}", settingsWo: "{}" },
  attachment: { connection: {}, publicId: null },
};

test("no empty value is kept, sent or promised, and leaving it out, or writing another, is no change", async () => {
  const plan = path.join(project.folder, "plan.json");
  await project.preview(programOf(everything), { plan });
  const { outputs } = await project.up(programOf(everything), { plan });
  const { publicId } = api.store.attachment("petalpal-api") ?? {};
  expect(publicId).toEqual(expect.stringMatching(/./));
  expect(outputs).toEqual({ publicId, callbackUrl: expect.stringContaining(`/${publicId}/`) });
  const [gateway, attachment] = (await project.resources()).filter(({ type }) => type.includes("mcpstack"));
  for (const name of Object.keys(everything.gateway)) expect(gateway?.inputs).not.toHaveProperty(name);
  for (const name of Object.keys(everything.attachment)) expect(attachment?.inputs).not.toHaveProperty(name);
  for (const program of [{}, otherwise, everything]) {
    expect((await project.preview(programOf(program))).changes).toEqual({ same: 2 });
    api.clearRequests();
    await project.up(programOf(program));
    expect(writes(api)).toEqual([]);
  }
  await project.refresh();
  expect((await project.preview(programOf(everything))).changes).toEqual({ same: 2 });
});

test("a public id that is emptied later stays the one that there is, and a saved plan holds", async () => {
  await project.up(programOf({ attachment: { publicId: "gw_mine" } }));
  const plan = path.join(project.folder, "plan.json");
  const emptied = programOf({ gateway: { description: "Edited." }, attachment: { publicId: "" } });
  await project.preview(emptied, { plan });
  expect((await project.up(emptied, { plan })).changes).toEqual({ same: 1, update: 1 });
  expect(api.store.attachment("petalpal-api")?.publicId).toBe("gw_mine");
});

test("an empty public id out of an output is left to the service", async () => {
  const late = programOf({ attachment: { publicId: pulumi.output(Promise.resolve("")) } });
  const { outputs } = await project.up(late);
  expect(outputs.publicId).toBe(api.store.attachment("petalpal-api")?.publicId);
});

test("while the connection is not known yet, the addresses are not known either, and none of them is taken out", async () => {
  const organization = "org_petalpal";
  await project.up(programOf({ attachment: { publicId: "gw_mine", connection: { organization } } }));
  const program = async () => {
    const made = new Gateway("made", {
      name: "Made",
      providerType: "manual",
      authorizationServerUrl: "https://auth.example.invalid",
      metadataCheck: "off",
    });
    const connection = made.id.apply(() => ({ organization }));
    return programOf({ attachment: { publicId: "gw_mine", connection } })();
  };
  const preview = await project.preview(program, { diff: true });
  expect(preview.output).not.toMatch(/- (?:callbackUrl|mcpUrl)\b/);
  expect(preview.output).toMatch(/~ callbackUrl/);
  await project.up(program);
  expect((await project.preview(program)).changes).toEqual({ same: 3 });
});
