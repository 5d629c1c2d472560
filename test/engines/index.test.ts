import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { callOne } from "../setup/module-calls";
import { EngineNotLocated, terraformProgram } from "./located";

const tested = "test/engines/index.mjs";

test("each engine is given to tests by its variable, Pulumi with the folder of its companions", async () => {
  const engine = (file: string) => ({ path: file, folder: path.dirname(file) });
  const engines = {
    terraform: engine("/a/terraform"),
    "terraform-next": engine("/b/terraform"),
    opentofu: engine("/c/tofu"),
    pulumi: engine("/d/pulumi"),
  };
  expect(await callOne(tested, "engineEnvironment", engines)).toEqual({
    value: {
      TERRAFORM_BIN: "/a/terraform",
      TERRAFORM_NEXT_BIN: "/b/terraform",
      TOFU_BIN: "/c/tofu",
      PULUMI_BIN: "/d/pulumi",
      PULUMI_PATH_FOLDER: "/d",
    },
  });
});

test("an unknown engine is refused with the list of the known ones", async () => {
  const command = promisify(execFile)(process.execPath, [path.join(__dirname, "index.mjs"), "chef"]);
  await expect(command).rejects.toMatchObject({
    code: 1,
    stderr: "there is no engine chef: known are terraform, terraform-next, opentofu, pulumi\n",
  });
});

describe("a test that asks for an engine", () => {
  const before = process.env.TERRAFORM_BIN;
  afterEach(() => {
    if (before === undefined) delete process.env.TERRAFORM_BIN;
    else process.env.TERRAFORM_BIN = before;
  });

  test("gets the path that the variable holds", () => {
    process.env.TERRAFORM_BIN = "/a/terraform";
    expect(terraformProgram()).toBe("/a/terraform");
  });

  test.each([undefined, ""])("fails and says what to run when the variable is %j", (value) => {
    if (value === undefined) delete process.env.TERRAFORM_BIN;
    else process.env.TERRAFORM_BIN = value;
    expect(terraformProgram).toThrow(EngineNotLocated);
    expect(terraformProgram).toThrow(/node test\/engines\/index\.mjs --env terraform/);
  });
});
