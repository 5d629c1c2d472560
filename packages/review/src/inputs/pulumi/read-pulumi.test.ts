import { reviewPlan } from "../../review";
import type { Loose } from "../../testing/loose";
import { pulumiEvents, pulumiPreview, urnOf } from "../../testing/pulumi-preview";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";
import { readPlan } from "../read-plan";

const support = { gateways: { support: supportGateway } };
const changed = { gateways: { support: { ...supportGateway, clientId: "other" } } };
const attached = { ...support, attachments: { api: { serverId: "api", gateway: "support" } } };
const review = async (preview: unknown) => (await reviewPlan(inputOf(preview), { now: today })).findings;
const codes = async (preview: unknown) => (await review(preview)).map(({ code }) => code);
const steps = (preview: Loose): Loose[] => preview.steps;
const stepOf = (preview: Loose, type: "Gateway" | "ServerGatewayAttachment") =>
  steps(preview).find(({ urn }) => urn.includes(`:${type}::`)) as Loose;

test("a finding carries the source position that the program had", async () => {
  expect(await review(pulumiPreview({ before: support, after: changed }))).toMatchObject([
    {
      code: "client-changed",
      address: urnOf("Gateway", "support"),
      label: "Gateway::support",
      fields: ["clientId"],
      source: { file: "index.ts", line: 12, column: 5 },
    },
  ]);
});

test.each([
  ["an error among the diagnostics", (p: Loose) => (p.diagnostics = [{ severity: "error", message: "boom" }])],
])("a preview with %s is refused", async (_, damage) => {
  const preview = pulumiPreview({ after: support });
  damage(preview);
  await expect(readPlan(inputOf(preview), undefined)).rejects.toThrow("failed or was cut off");
});

test("warnings among the diagnostics are nothing", async () => {
  expect(
    await codes({
      ...pulumiPreview({ before: support, after: changed }),
      diagnostics: [{ severity: "warning", message: "hm" }],
    }),
  ).toEqual(["client-changed"]);
});

test("events that end before the summary are refused", async () => {
  const lines = pulumiEvents({ after: support }).split("\n");
  await expect(readPlan(inputOf(lines.slice(0, -1).join("\n")), undefined)).rejects.toThrow("failed or was cut off");
});

test("an operation that nobody knows is refused", async () => {
  const preview = pulumiPreview({ after: support });
  stepOf(preview, "Gateway").op = "transmute";
  await expect(readPlan(inputOf(preview), undefined)).rejects.toThrow('wants "transmute"');
});

test("a replacement that is told in three steps is one change", async () => {
  const preview = pulumiPreview({
    before: attached,
    after: { ...attached, gateways: { support: { ...supportGateway, description: "x" } } },
  });
  const { oldState, newState, ...rest } = stepOf(preview, "Gateway");
  preview.steps = [
    ...steps(preview).filter(({ urn }) => urn !== rest.urn),
    { ...rest, op: "create-replacement", oldState, newState },
    { ...rest, op: "replace", oldState, newState },
    { ...rest, op: "delete-replaced", oldState },
  ];
  expect(await codes(preview)).toEqual(["gateway-replaced-attached"]);
});

test("a resource that is kept when it leaves the program is forgotten, not deleted", async () => {
  const preview = pulumiPreview({ before: support, after: {} });
  stepOf(preview, "Gateway").oldState.retainOnDelete = true;
  expect(await codes(preview)).toEqual(["gateway-forgotten"]);
});

test("a secret is never shown", async () => {
  const preview = pulumiPreview({ before: support, after: changed });
  stepOf(preview, "Gateway").newState.inputs.clientId = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: "TOPSECRET",
  };
  stepOf(preview, "Gateway").oldState.inputs.clientId = "[secret]";
  const findings = await review(preview);
  expect(findings).toMatchObject([
    { code: "cannot-be-reviewed", severity: "warn", before: "(secret)", after: "(secret)" },
  ]);
  expect(JSON.stringify(findings)).not.toContain("TOPSECRET");
});

const secret = (text: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(text),
});

test.each([
  ["authorizationServerUrl", "error"],
  ["tokenEndpoint", "error"],
  ["scopes", "warn"],
  ["resource", "warn"],
])("a secret %s on both sides may have changed", async (field, severity) => {
  const preview = pulumiPreview({ before: support, after: changed });
  for (const side of ["oldState", "newState"]) stepOf(preview, "Gateway")[side].inputs[field] = "[secret]";
  expect(await review(preview)).toContainEqual(
    expect.objectContaining({ code: "cannot-be-reviewed", severity, fields: [field] }),
  );
});

test("secrets that the document shows are compared, and never printed", async () => {
  const preview = pulumiPreview({ before: support, after: changed });
  stepOf(preview, "Gateway").newState.inputs.authorizationServerUrl = secret("https://login.hidden.example/");
  stepOf(preview, "Gateway").oldState.inputs.authorizationServerUrl = secret("https://petalpal.eu.auth0.com/");
  const findings = await review(preview);
  expect(findings).toContainEqual(
    expect.objectContaining({ code: "authorization-server-new", before: "(secret)", after: "(secret)" }),
  );
  expect(JSON.stringify(findings)).not.toMatch(/hidden|petalpal\.eu/);
  stepOf(preview, "Gateway").newState.inputs.authorizationServerUrl = secret("https://petalpal.eu.auth0.com/");
  expect(await codes(preview)).toEqual(["client-changed"]);
});

describe("With the plan that the same run saved", () => {
  const masked = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc:def" };
  const issuer = "authorizationServerUrl";
  /** A preview in which the issuer is masked on both sides and the client changes, and the plan beside it. */
  const both = (updates: Loose, state: Loose = { [issuer]: masked }) => {
    const preview = pulumiPreview({ before: support, after: changed });
    for (const side of ["oldState", "newState"]) stepOf(preview, "Gateway")[side].inputs[issuer] = "[secret]";
    const plan = {
      manifest: {},
      resourcePlans: {
        [urnOf("Gateway", "support")]: {
          goal: { type: "pulumi-nodejs:dynamic/mcpstack:Gateway", inputDiff: { updates } },
          steps: ["update"],
          state,
        },
      },
    };
    return { preview, plan };
  };
  const reviewed = async (
    { preview, plan }: ReturnType<typeof both>,
    issuers?: readonly string[],
  ): Promise<string[]> => {
    const policy = {
      policy: { version: 1 as const, default: issuers ? { issuers: [...issuers] } : {} },
      file: "p.yaml",
    };
    const options = { now: today, policy, savedPlan: inputOf(plan, "saved.json") };
    const { findings } = await reviewPlan(inputOf(preview), options);
    expect(JSON.stringify(findings)).not.toMatch(/hidden|petalpal\.eu/);
    return findings.map(({ code, severity }) => `${severity} ${code}`);
  };
  const was = secret("https://petalpal.eu.auth0.com/");

  test("a secret that stays as it is stops no edit beside it", async () => {
    expect(await reviewed(both({ clientId: "other" }))).toEqual(["warn client-changed"]);
  });

  test("one that changes cannot be reviewed", async () => {
    const expected = ["error cannot-be-reviewed", "warn client-changed"];
    expect(await reviewed(both({ clientId: "other", [issuer]: masked }))).toEqual(expected);
  });

  test("a policy's list allows one only where the plan was saved with --show-secrets", async () => {
    const allowed = ["https://petalpal.eu.auth0.com/"];
    expect(await reviewed(both({ clientId: "other" }), allowed)).toContain("error issuer-not-allowed");
    expect(await reviewed(both({ clientId: "other" }, { [issuer]: was }), allowed)).toEqual(["warn client-changed"]);
    const other = both({ clientId: "other", [issuer]: secret("https://login.hidden.example/") });
    expect(await reviewed(other, allowed)).toContain("error issuer-not-allowed");
  });

  test("one of another preview is refused", async () => {
    await expect(reviewed(both({ description: "x" }))).rejects.toThrow(
      /saved\.json is the plan of another preview: .* whether clientId changes/,
    );
  });

  test("it is no input by itself, and goes with no other", async () => {
    const { preview, plan } = both({ clientId: "other" });
    await expect(reviewPlan(inputOf(plan), { now: today })).rejects.toThrow("--saved-plan");
    await expect(
      reviewPlan(inputOf(preview), { now: today, savedPlan: inputOf(preview, "other.json") }),
    ).rejects.toThrow("other.json are not these");
  });
});

test("what takes an existing gateway over is no innocent create", async () => {
  const preview = pulumiPreview({ after: support });
  stepOf(preview, "Gateway").newState.inputs.adopt = true;
  expect(await review(preview)).toContainEqual(
    expect.objectContaining({ code: "cannot-be-reviewed", severity: "error" }),
  );
});

test("the same provider under another type is reviewed", async () => {
  const preview = pulumiPreview({
    before: support,
    after: { gateways: { support: { ...supportGateway, authorizationServerUrl: "https://login.other.example/" } } },
  });
  const step = stepOf(preview, "Gateway");
  step.urn = step.urn.replace("dynamic/mcpstack:Gateway", "dynamic/other:Thing");
  for (const side of ["oldState", "newState"]) step[side].type = "pulumi-nodejs:dynamic/other:Thing";
  expect(await codes(preview)).toContain("authorization-server-new");
});

test("what a refresh found is told, whatever the step after it says", async () => {
  const preview = pulumiPreview({ before: support, after: support });
  const step = stepOf(preview, "Gateway");
  const found = JSON.parse(JSON.stringify(step.oldState));
  found.inputs.authorizationServerUrl = "https://login.other.example/";
  preview.steps = [
    ...steps(preview).filter(({ urn }) => urn !== step.urn),
    { ...step, op: "refresh", oldState: step.oldState, newState: found },
    { ...step, op: "same", oldState: found, newState: found },
  ];
  expect(await review(preview)).toContainEqual(
    expect.objectContaining({ code: "changed-outside", severity: "error", after: expect.stringContaining("other") }),
  );
});

test("what a refresh found to be gone is compared with what it was", async () => {
  const partner = { ...supportGateway, name: "Partner", authorizationServerUrl: "https://partner.example/" };
  const gateways = { ...support.gateways, partner };
  const program = (gateway: string) => ({ gateways, attachments: { api: { serverId: "api", gateway } } });
  const detached = (gateway: string) => {
    const preview = pulumiPreview({ before: program("support"), after: program(gateway) });
    const step = stepOf(preview, "ServerGatewayAttachment");
    const { oldState, ...created } = step;
    preview.steps = [
      ...steps(preview).filter(({ urn }) => urn !== step.urn),
      { op: "refresh", urn: step.urn, provider: step.provider, oldState },
      { ...created, op: "create" },
    ];
    return preview;
  };
  expect(await codes(detached("support"))).toEqual(["changed-outside"]);
  expect(await codes(detached("partner"))).toEqual(expect.arrayContaining(["sign-in-moved", "changed-outside"]));
});

test("a connection of a resource's own that leads to another API or organization is told", async () => {
  const preview = pulumiPreview({ before: support, after: support });
  const step = stepOf(preview, "Gateway");
  step.op = "update";
  step.newState.inputs.connection = { apiUrl: "https://api.other.example", organization: "org_other" };
  expect(await review(preview)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: "api-changed", address: step.urn }),
      expect.objectContaining({ code: "organization-changed", address: step.urn }),
    ]),
  );
});

test("what only the service knows is no change while the program leaves it out", async () => {
  const preview = pulumiPreview({
    before: attached,
    after: { ...attached, attachments: { api: { serverId: "api", gateway: "support" } } },
  });
  const step = stepOf(preview, "ServerGatewayAttachment");
  step.op = "update";
  step.oldState.outputs = { ...step.oldState.outputs, publicId: "gw_chosen", mcpUrl: "https://x.example/mcp" };
  expect(await codes(preview)).toEqual([]);
});

test("a digest that leaves out what stays the same says so", async () => {
  const preview = pulumiPreview({ before: support, after: changed });
  const notes = async (changeSummary: Loose) =>
    (await reviewPlan(inputOf({ ...preview, changeSummary }), { now: today })).notes;
  expect(await notes({ same: 1, update: 1 })).toEqual([]);
  expect(await notes({ same: 7, update: 1 })).toEqual([expect.stringContaining("--show-sames")]);
});
