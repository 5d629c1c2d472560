// What a pull request would be told about a risky change of the stack: the plan is real, so is the review.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { command, DemoFailed, heading, promise, say } from "./narrate.mjs";
import { engine, prepareStack, setProgram, synth } from "./stack.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const { startIssuer, startLocalApi } = require("@mcpstack/local-api");

export async function run({ engine: { path: program }, name }) {
  const api = await startLocalApi();
  const issuer = await startIssuer();
  const other = await startIssuer({ path: "/tenants/common" });
  try {
    const stack = prepareStack({ api, issuer, program, name });
    heading("The stack as it is on the main branch");
    await synth(stack);
    await engine(stack, ["init", "-input=false"], { quiet: true });
    await engine(stack, ["apply", "-input=false", "-auto-approve"], { quiet: true });
    const [gateway] = api.store.gateways();
    for (let user = 1; user <= 3; user++) api.store.addGrant(gateway.id, {});
    // The provider's own settings are in no state: the main branch's plan says what they were.
    await savePlan(stack, "base.json");
    promise(api.store.attachments().length === 2, "one gateway, two servers attached, three users signed in");

    heading("A pull request: another authorization server, two more scopes, and the check of metadata switched off");
    await synth(stack, {
      MCPSTACK_EXAMPLE_ISSUER: other.url,
      MCPSTACK_EXAMPLE_SCOPES: "openid,profile,email,tickets.read,tickets.write,orders.write",
      MCPSTACK_EXAMPLE_METADATA_CHECK: "off",
    });
    await savePlan(stack, "plan.json");

    heading("What its reviewer is told");
    say("The issuers of this demo are on the loopback address, which a review reaches only when it is told to.");
    const edited = await review(stack, "markdown");
    // docs/review/picture.mjs makes a picture of it.
    writeFileSync(path.join(stack.folder, "review.md"), edited.stdout);
    promise(edited.status === 1, "exit status 1: a job of a pull request would fail");

    heading("Another pull request: no gateway is edited; a new one is added, and one server goes over to it");
    setProgram(stack, withPartner(readFileSync(path.join(root, "examples/cdktf/main.ts"), "utf8")));
    await synth(stack, { MCPSTACK_EXAMPLE_OTHER: other.url });
    await savePlan(stack, "plan.json");
    const moved = await review(stack, "terminal");
    promise(
      moved.status === 1 && /^error sign-in-moved .*support-api/m.test(moved.stdout),
      "the server's users would sign in elsewhere: that is an error, however it is written",
    );

    await engine(stack, ["destroy", "-input=false", "-auto-approve"], { quiet: true });
  } finally {
    await Promise.allSettled([api.close(), issuer.close(), other.close()]);
  }
}

async function review(stack, format) {
  const cli = path.join(root, "packages/cli/bin/mcpstack-iac.cjs");
  const args = ["review", "plan.json", "--base", "base.json", "--format", format, "--allow-private-addresses"];
  const options = { cwd: stack.folder, env: stack.env, shown: ["npx", "mcpstack-iac", ...args] };
  const outcome = await command(process.execPath, [cli, ...args], options);
  if (outcome.status > 1) throw new DemoFailed(`the review ended with status ${outcome.status}`);
  return outcome;
}

/** The example's program with what the second pull request adds to it. */
function withPartner(program) {
  const loop = '    for (const server of ["petalpal-api", "support-api"]) {';
  const attach = "      gateway.attachTo(server, { publicId });";
  const added = [
    '    const partner = new Gateway(this, "partner", {',
    '      name: "Partner API",',
    '      providerType: "manual",',
    '      authorizationServerUrl: process.env.MCPSTACK_EXAMPLE_OTHER ?? "",',
    "    });",
  ];
  const moved = '      (server === "support-api" ? partner : gateway).attachTo(server, { publicId });';
  promise(
    [loop, attach].every((line) => program.includes(`${line}\n`)),
    "the program is the one of examples/cdktf, with this:",
  );
  for (const line of added) say(`+ ${line}`);
  say(`- ${attach}\n+ ${moved}`);
  return program.replace(loop, `${added.join("\n")}\n\n${loop}`).replace(attach, moved);
}

async function savePlan(stack, file) {
  await engine(stack, ["plan", "-input=false", "-out=planned"], { quiet: file === "base.json" });
  const { stdout } = await engine(stack, ["show", "-json", "planned"], { quiet: true });
  writeFileSync(path.join(stack.folder, file), stdout);
}
