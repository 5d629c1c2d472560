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
  expect(findings).toMatchObject([{ code: "client-changed", before: "(secret)", after: "(secret)" }]);
  expect(JSON.stringify(findings)).not.toContain("TOPSECRET");
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
