// What the review of a CDKTF stack reads out of a variable's type and default, against what the real engines make of them.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { sameJson } from "@mcpstack/model";
import { Unresolved } from "../../packages/review/src/inputs/cdktf/unresolved";
import { defaultOf } from "../../packages/review/src/inputs/cdktf/variable";
import { openTofuProgram, terraformProgram } from "../engines/located";

/** Types with defaults, of which the review knows what they come to. */
const known: readonly (readonly [type: string | undefined, value: unknown])[] = [
  [undefined, { a: 1, b: [1, "x"] }],
  ["any", { a: 1, b: [1, "x"] }],
  ["string", "a$${x}"],
  ["string", 7],
  ["string", 1.5],
  ["string", true],
  ["string", 100_000_000_000_000],
  ["number", "7"],
  ["bool", "true"],
  ["list(string)", ["b", 1, true, null]],
  ["set(string)", ["b", "a", "b", "Z", "é", "a1", "a10", "a2"]],
  ["map(bool)", { a: "true", b: null }],
  ["list", [1, 2]],
  ["map", { a: "x" }],
  ["list(any)", [1, 2]],
  ["map(any)", { a: { x: 1 }, b: { x: 2 } }],
  ["map(list(any))", { a: [1], b: [2] }],
  ["tuple([string, bool])", [1, "true"]],
  ["object({ a = string, b = optional(bool) })", { a: "x", z: 1 }],
  ["object({\n  a : string # x\n  b = optional(number, 3)\n})", { a: "x" }],
  ["object({ a = any })", { a: [1, "x"] }],
  ["object({ a = optional(map(string), {}) })", {}],
  ['object({ a = optional(list(string), ["x", "y"]) })', { a: null }],
  ['object({ a = optional(set(string), ["b", "a", "b"]) })', {}],
  ['object({ a = optional(object({ b = optional(string, "c") }), {}) })', {}],
  ['object({ a = optional(object({ b = optional(string, "c") }), {}) })', { a: {} }],
  ['object({ a = optional(object({ b = optional(string, "c") })) })', { a: null }],
  ['object({ a = optional(object({ b = string }), { "b": "x" }) })', {}],
  ['object({ a = optional(string, "\\u00e9\\n\\"") })', {}],
  ["object({ a = optional(string, null) })", {}],
  ['object({ a = optional(bool, "true"), b = optional(string, 5), c = optional(number, -5) })', {}],
  ['map(object({ a = optional(string, "f") }))', { x: {}, y: { a: null }, z: { a: "q" } }],
  ['list(object({ a = optional(string, "f"), b = optional(string) }))', [{}, { b: "1" }]],
  ['tuple([object({ a = optional(string, "f") })])', [{}]],
  ['set(object({ a = optional(string, "f") }))', [{}]],
];

test.each([
  ["Terraform", terraformProgram],
  ["OpenTofu", openTofuProgram],
])("%s converts and completes defaults as the review reads them", async (_, program) => {
  const folder = await mkdtemp(path.join(tmpdir(), "mcpstack-defaults-"));
  try {
    const numbered = known.map(([type, value], index) => ({ name: `v${index}`, block: { type, default: value } }));
    await writeFile(
      path.join(folder, "main.tf.json"),
      JSON.stringify({
        variable: Object.fromEntries(numbered.map(({ name, block }) => [name, block])),
        output: Object.fromEntries(numbered.map(({ name }) => [name, { value: `\${jsonencode(var.${name})}` }])),
      }),
    );
    // None of the machine's own.
    const configuration = path.join(folder, "none.tfrc");
    await writeFile(configuration, "");
    const run = async (...args: string[]) =>
      (
        await promisify(execFile)(program(), args, {
          cwd: folder,
          env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configuration },
        })
      ).stdout;
    await run("plan", "-input=false", "-out=plan");
    const { planned_values: planned } = JSON.parse(await run("show", "-json", "plan"));
    const differing = numbered.filter(({ name, block }) => {
      const read = withoutUnresolved(defaultOf(block, name));
      return !sameJson(JSON.parse(planned.outputs[name].value), read as never);
    });
    expect(differing).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** What is left to the engine is like nothing. */
function withoutUnresolved(value: unknown): unknown {
  if (value instanceof Unresolved || value === undefined) return "(not known)";
  if (Array.isArray(value)) return value.map(withoutUnresolved);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutUnresolved(member)]));
}
