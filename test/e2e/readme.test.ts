// What README.md has people copy to use the provider that they have built.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Engine, runEngine } from "./workspace";

const root = path.resolve(__dirname, "../..");

describe("the configuration that README.md writes is one with which the provider is found", () => {
  let home: string;
  let folder: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "mcpstack-readme-home-"));
    folder = mkdtempSync(path.join(tmpdir(), "mcpstack-readme-"));
  });
  afterEach(() => {
    for (const made of [home, folder]) rmSync(made, { recursive: true, force: true });
  });

  test.each<[Engine, string]>([
    ["terraform", "registry.terraform.io"],
    ["terraform-next", "registry.terraform.io"],
    ["opentofu", "registry.opentofu.org"],
  ])("%s", async (engine, registry) => {
    const snippet = /^cat > ~\/\.mcpstack\.tfrc <<EOF\n[\s\S]*?\nEOF$/m.exec(
      readFileSync(path.join(root, "README.md"), "utf8"),
    );
    // As a person runs it, in the clone; it writes into the home folder only.
    execFileSync("bash", ["--norc", "-euc", snippet?.[0] ?? "exit 1"], {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: home, PWD: root },
    });
    writeFileSync(
      path.join(folder, "main.tf"),
      'terraform {\n  required_providers {\n    mcpstack = {\n      source = "mcpstack/mcpstack"\n    }\n  }\n}\n',
    );
    const { status, text } = await runEngine(engine, ["init", "-input=false", "-no-color"], folder, {
      TF_CLI_CONFIG_FILE: path.join(home, ".mcpstack.tfrc"),
      CHECKPOINT_DISABLE: "1",
    });
    expect([status, text]).toEqual([0, expect.stringContaining("Installed mcpstack/mcpstack v0.1.0")]);
    expect(readFileSync(path.join(folder, ".terraform.lock.hcl"), "utf8")).toContain(`"${registry}/mcpstack/mcpstack"`);
  });
});
