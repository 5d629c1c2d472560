import { execFileSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(__dirname, "../..");

/** Reviews a plan of 500 MB that is made while it is read, in a process of its own, and tells that process's peak. */
const program = `
const { Readable } = require("node:stream");
const { reviewPlan } = require("./packages/review");
const gateway = (i) => JSON.stringify({ address: "mcpstack_gateway.g" + i, mode: "managed", type: "mcpstack_gateway", name: "g" + i,
  change: { actions: ["update"], before: { name: "G", client_id: "a" }, after: { name: "G", client_id: "b" } } });
const other = JSON.stringify({ address: "aws_instance.x", mode: "managed", type: "aws_instance", name: "x",
  change: { actions: ["update"], before: { user_data: "x".repeat(20000) }, after: { user_data: "y".repeat(20000), tags: [1, true, null, "\\u2028"] } } });
let bytes = 0;
function* plan() {
  const part = (text) => { const chunk = Buffer.from(text); bytes += chunk.length; return chunk; };
  yield part('{"format_version":"1.2","planned_values":{},"resource_changes":[');
  for (let i = 0; i < 12500; i += 1) yield part(other + "," + (i % 1250 === 0 ? gateway(i) + "," : ""));
  yield part(gateway("last") + "]}");
}
const before = process.resourceUsage().maxRSS;
reviewPlan({ name: "plan.json", content: Readable.from(plan()) }, { now: new Date(0) }).then(({ findings, input }) =>
  process.stdout.write(JSON.stringify({ bytes, findings: findings.length, resources: input.resources, peak: (process.resourceUsage().maxRSS - before) * 1024 })));`;

test("a plan of 500 MB needs a fraction of its size", () => {
  const output = execFileSync(process.execPath, ["-e", program], { cwd: root }).toString();
  const { bytes, findings, resources, peak } = JSON.parse(output);
  expect({ findings, resources }).toEqual({ findings: 11, resources: 12_511 });
  expect(bytes).toBeGreaterThan(500e6);
  expect(peak).toBeLessThan(bytes / 4);
});
