import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Workspace } from "./terraform";

let workspace: Workspace;
beforeAll(() => {
  workspace = new Workspace();
  workspace.write("");
  workspace.init();
});
afterAll(() => workspace.remove());

const document = (name: string) => JSON.parse(readFileSync(join(workspace.documents, `${name}.json`), "utf8"));

test("Functions, a data source and an ephemeral resource work together in one run.", () => {
  workspace.write(`
resource "toy_note" "a" { text = "hello" }
data "toy_lookup" "a" { id = toy_note.a.id }
ephemeral "toy_ticket" "t" { name = toy_note.a.text }
output "joined" { value = provider::toy::join("-", "a", data.toy_lookup.a.text) }
output "same" { value = provider::toy::same({ a = [1, null, tolist(["x"])], b = 0.1 + 0.2 }) }
`);
  workspace.apply();
  expect(JSON.parse(workspace.ok("output", "-json"))).toMatchObject({
    joined: { value: "a-hello" },
    same: { value: { a: [1, null, ["x"]], b: 0.3 } },
  });
  expect(document("ticket")).toEqual({ open: false, name: "hello" });
  expect(workspace.plan().status).toBe(0);
});

test("A function's error is shown at the argument that it names.", () => {
  workspace.write(`output "joined" { value = provider::toy::join("", "a") }`);
  const { status, output } = workspace.plan();
  expect(status).toBe(1);
  expect(output).toMatch(/Invalid value for "separator" parameter: The separator is empty/);
});

test("What is kept beside the state travels from the plan to the apply and from read to read.", () => {
  workspace.write(`resource "toy_note" "a" { text = "changed" }`);
  workspace.apply();
  expect(Number(workspace.attributes("toy_note").seen)).toBeGreaterThan(0);
  expect(workspace.plan().status).toBe(0);
});

test("A resource that is gone is planned to be created again.", () => {
  workspace.ok("destroy", "-auto-approve");
  workspace.apply();
  workspace.run(["version"]);
  const id = String(workspace.attributes("toy_note").id);
  writeFileSync(join(workspace.documents, `${id}.json`), "");
  expect(workspace.plan().output).toContain("1 to add");
});

test("An import by id leaves an empty plan, and an unknown id says so.", () => {
  workspace.ok("state", "rm", "toy_note.a");
  writeFileSync(join(workspace.documents, "found.json"), JSON.stringify({ text: "changed" }));
  const missing = workspace.run(["import", "toy_note.a", "nowhere"]);
  expect(missing.status).toBe(1);
  expect(missing.output).toContain('There is none for "nowhere"');
  workspace.ok("import", "toy_note.a", "found");
  expect(workspace.plan().status).toBe(0);
});

test("A state of an earlier schema version is upgraded, one of a later version is refused.", () => {
  const file = join(workspace.folder, "terraform.tfstate");
  const state = JSON.parse(readFileSync(file, "utf8"));
  const [instance] = state.resources[0].instances;
  const attributes = { id: "found", message: "changed" };
  state.resources[0].instances = [{ ...instance, schema_version: 1, attributes, serial: state.serial + 1 }];
  writeFileSync(file, JSON.stringify(state));
  expect(workspace.plan().status).toBe(0);
  state.resources[0].instances = [{ ...instance, schema_version: 3 }];
  writeFileSync(file, JSON.stringify(state));
  expect(workspace.plan().output).toContain("managed by newer provider version");
});

test("A failed create is one error with its code, and nothing in the state.", () => {
  forget();
  workspace.write(`
resource "toy_note" "a" {
  text  = "fails"
  fails = true
}`);
  const { status, output } = workspace.run(["apply", "-auto-approve"]);
  expect(status).toBe(1);
  expect(output).toContain("Could not create toy_note");
  expect(output).toContain("the store is full (STORE_FULL)");
  expect(output).not.toContain("    at ");
  expect(workspace.state().resources).toEqual([]);
});

test.each([
  ["Ctrl-C of a terminal", "SIGINT"],
  ["the end of a job", "SIGTERM"],
] as const)(
  "%s, a signal for the whole group, ends a running create, whose partial state is saved as tainted.",
  async (_, signal) => {
    forget();
    workspace.write(`
resource "toy_note" "a" {
  text = "slow"
  slow = true
}`);
    const child = workspace.start(["apply", "-auto-approve", "-input=false"]);
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output += chunk;
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    while (child.exitCode === null && !workspaceHas("started")) await wait(20);
    process.kill(-(child.pid ?? 0), signal);
    expect(await ended).toBe(1);
    expect(output).toContain("Terraform asked the provider to stop");
    expect(workspace.state().resources[0]?.instances[0]).toMatchObject({ status: "tainted" });
  },
);

/** Ends what came of an earlier test. */
function forget(): void {
  rmSync(join(workspace.folder, "terraform.tfstate"), { force: true });
  rmSync(join(workspace.documents, "started.json"), { force: true });
}

function workspaceHas(name: string): boolean {
  try {
    return document(name) !== undefined;
  } catch {
    return false;
  }
}

test("A provider whose configuration is not known yet plans without a client, and is applied in one run.", () => {
  forget();
  workspace.write(
    `
resource "terraform_data" "folder" { input = ${JSON.stringify(workspace.documents)} }
resource "toy_note" "a" { text = "late" }
`,
    `provider "toy" {\n  folder = terraform_data.folder.output\n}\n`,
  );
  expect(workspace.apply()).toContain("2 added");
  expect(workspace.plan().status).toBe(0);
});

test("A provider that a developer started is used through TF_REATTACH_PROVIDERS, and outlives the run.", async () => {
  workspace.write(`
resource "terraform_data" "folder" { input = ${JSON.stringify(workspace.documents)} }
resource "toy_note" "a" { text = "late" }`);
  const provider = workspace.startProvider();
  try {
    const reattach = await provider.reattach;
    const planned = workspace.run(["plan", "-detailed-exitcode"], { TF_REATTACH_PROVIDERS: reattach });
    expect(planned).toMatchObject({ status: 0 });
    expect(provider.child.exitCode).toBeNull();
  } finally {
    provider.child.kill();
  }
});

test("Lines of the log are shown at their level under TF_LOG_PROVIDER.", () => {
  workspace.write(`
resource "toy_note" "a" { text = "late" }
resource "toy_note" "b" { text = "logged" }
`);
  const { output } = workspace.run(["apply", "-auto-approve"], { TF_LOG_PROVIDER: "info" });
  expect(output).toMatch(/\[INFO\] +provider\.terraform-provider-toy_v1\.0\.0.*: created a note: .*id=note-/);
});
