import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv/dist/2020";
import { parsePolicy } from "../policy/parse-policy";
import { renderJson } from "../render/json";
import { reviewScenario } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";
import { pages } from "./pages";

const folder = path.join(__dirname, "../../../../docs/review");

test.each(Object.entries(pages))("docs/review/%s is what `npm run docs -w packages/review` writes", (name, page) => {
  expect(readFileSync(path.join(folder, name), "utf8")).toBe(page());
});

const schemaOf = (name: string) =>
  new Ajv({ strict: true, allErrors: true }).compile(JSON.parse(readFileSync(path.join(folder, name), "utf8")));

test("the JSON output is valid against its published schema, and a damaged one is not", async () => {
  const result = await reviewScenario({ before: { gateways: { support: supportGateway } }, after: {} }, "terraform");
  const validate = schemaOf("result.schema.json");
  const output = JSON.parse(renderJson(result));
  expect({ valid: validate(output), errors: validate.errors }).toEqual({ valid: true, errors: null });
  expect(validate({ ...output, findings: [{ code: 1 }] })).toBe(false);
});

test("the example of policy.md is valid against the published schema and for the parser", () => {
  const page = readFileSync(path.join(folder, "policy.md"), "utf8");
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const validate = schemaOf("mcpstack-review.schema.json");
  expect({ valid: validate(parsePolicy(example, "policy.md")), errors: validate.errors }).toEqual({
    valid: true,
    errors: null,
  });
  expect(validate({ version: 2 })).toBe(false);
});
