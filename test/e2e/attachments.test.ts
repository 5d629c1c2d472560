// A server has one attachment, whatever it is called, and in whatever order an engine deletes and creates.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type Engine, type Outcome, Workspace } from "./workspace";

let api: LocalApi;
let workspace: Workspace;

beforeEach(async () => {
  api = await startLocalApi();
});
afterEach(async () => {
  await workspace?.remove();
  await api.close();
});

const id = "srv_petalpal_api";
const slug = "petalpal-api";
const gateway = (name = "support", lines = "") => `
resource "mcpstack_gateway" "${name}" {
  name                     = "${name}"
  provider_type            = "manual"
  authorization_server_url = "https://auth.example.invalid"
  metadata_check           = "off"
${lines}
}
`;
const attachment = (server: string, { label = "one", to = "mcpstack_gateway.support.id", lines = "" } = {}) => `
resource "mcpstack_server_gateway_attachment" "${label}" {
  server_id  = ${server.includes(".") ? server : `"${server}"`}
  gateway_id = ${to}
${lines}
}
`;
const byData = `
data "mcpstack_server" "api" {
  server_id = "${slug}"
}
${attachment("data.mcpstack_server.api.id")}
`;
const one = "mcpstack_server_gateway_attachment.one";

async function start(engine: Engine, ...parts: string[]) {
  workspace = await Workspace.create({ engine, api });
  await workspace.write(parts.join(""));
  return workspace;
}
const flags = ["-auto-approve", "-input=false", "-no-color"];
const applied = (...args: string[]) => workspace.run("apply", ...flags, ...args);
/** As one line: texts are wrapped for a terminal, within a frame. */
const plain = ({ text }: Outcome) => text.replace(/\n[│╷╵ ]*/g, " ");
const writes = () => api.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => [method, path]);
const attachedTo = () => api.store.attachments().map(({ serverId, gatewayId }) => [serverId, gatewayId]);
const gatewayId = (name: string) => String(api.store.gatewayByName(name)?.id);

async function changesNothing() {
  const changes = await workspace.changes();
  expect(changes.filter(({ actions }) => actions.join() !== "no-op" && actions.join() !== "read")).toEqual([]);
  expect((await workspace.plan()).text).toContain("No changes.");
  api.clearRequests();
  await workspace.apply();
  expect(writes()).toEqual([]);
}

describe.each<Engine>(["terraform", "opentofu"])("with %s", (engine) => {
  describe("a server's slug and its id are one server", () => {
    test.each([
      ["its slug becomes its id", attachment(slug), attachment(id)],
      ["its id becomes its slug", attachment(id), attachment(slug)],
      ["a data source takes the place of its slug", attachment(slug), byData],
    ])("where %s nothing changes", async (_, before, after) => {
      await start(engine, gateway(), before);
      await workspace.apply();
      await workspace.write(gateway() + after);
      await changesNothing();
      expect((await workspace.plan("-refresh=false")).status).toBe(0);
    });

    test("where its slug is renamed nothing changes, whether the program follows or not, and a change still arrives", async () => {
      await start(engine, gateway(), gateway("orders"), attachment(slug));
      await workspace.apply();
      api.store.renameServer(slug, "petals");
      await changesNothing();
      await workspace.write(gateway() + gateway("orders") + attachment("petals"));
      await changesNothing();
      await workspace.write(gateway() + gateway("orders") + attachment("petals", { to: "mcpstack_gateway.orders.id" }));
      await workspace.apply();
      expect(attachedTo()).toEqual([[id, gatewayId("orders")]]);
      await changesNothing();
      await workspace.write(gateway() + gateway("orders"));
      await workspace.apply();
      expect(attachedTo()).toEqual([]);
    });

    test("where its slug becomes another server's, the attachment stays with its server, and that is said", async () => {
      await start(engine, gateway(), attachment(slug));
      await workspace.apply();
      api.store.renameServer(slug, "petals");
      api.store.addServer({ id: "srv_other", slug });
      api.store.attach("srv_other", { gatewayId: api.store.createGateway({ name: "Other" }).id });
      const plan = await workspace.plan();
      expect(plan.status).toBe(0);
      expect(plain(plan)).toContain(`now belongs to the server srv_other`);
      await workspace.write(gateway());
      await workspace.apply();
      expect(api.store.attachments().map(({ serverId }) => serverId)).toEqual(["srv_other"]);
    });

    test("where a data source is read only during the apply, it is attached again, and keeps its public id", async () => {
      const deferred = (input: string) => `
resource "terraform_data" "before" {
  input = "${input}"
}
data "mcpstack_server" "api" {
  server_id  = "${slug}"
  depends_on = [terraform_data.before]
}
${attachment("data.mcpstack_server.api.id")}
`;
      await start(engine, gateway(), deferred("one"));
      await workspace.apply();
      api.store.attach(slug, { gatewayId: gatewayId("support"), publicId: "gw_registered" });
      await workspace.write(gateway() + deferred("two"));
      expect(plain(await workspace.plan())).toContain("forces replacement");
      await workspace.apply();
      expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("support"), publicId: "gw_registered" }]);
      await changesNothing();
    });

    test("another server is another attachment, and one that is not there is refused before the first is detached", async () => {
      await start(engine, gateway(), attachment(slug));
      await workspace.apply();
      await workspace.write(gateway() + attachment("srv_orders_api"));
      expect((await workspace.changes()).flatMap(({ actions }) => (actions.length > 1 ? [actions] : []))).toEqual([
        ["delete", "create"],
      ]);
      await workspace.write(gateway() + attachment("nobody"));
      const refused = await applied();
      expect([refused.status, plain(refused)]).toEqual([1, expect.stringContaining("(server_not_found)")]);
      expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
      await workspace.apply("-destroy");
      expect(attachedTo()).toEqual([]);
    });
  });

  describe("two attachments of one server", () => {
    test.each([
      ["that are both new", slug, id],
      ["that are written alike", slug, slug],
    ])("%s are refused at plan, naming the first", async (_, first, second) => {
      await start(engine, gateway(), gateway("orders"), attachment(first));
      const twice = attachment(second, {
        label: "two",
        to: "mcpstack_gateway.orders.id",
        lines: 'public_id = "gw_two"',
      });
      await workspace.write(gateway() + gateway("orders") + attachment(first) + twice);
      const plan = await workspace.run("plan", "-input=false", "-no-color");
      expect([plan.status, plain(plan)]).toEqual([
        1,
        expect.stringMatching(/Server \S+ has another attachment in this program.*\(already_attached_here\)/),
      ]);
      expect(api.store.gateways()).toEqual([]);
    });

    test("of which one is there already are refused at plan, and a destroy is not kept from its work", async () => {
      await start(engine, gateway(), attachment(slug));
      await workspace.apply();
      await workspace.write(gateway() + attachment(slug) + attachment(id, { label: "two" }));
      expect(plain(await workspace.run("plan", "-input=false", "-no-color"))).toContain("(already_attached_here)");
      await workspace.apply("-destroy");
      expect(api.store.attachments()).toEqual([]);
    });
  });

  describe.each(["-parallelism=10", "-parallelism=1"])(
    "a resource that is renamed without `moved`, with %s",
    (flag) => {
      const renamed = attachment(slug, { label: "renamed" });

      test("keeps its server attached, its route and what it carries, in one apply", async () => {
        await start(engine, gateway(), attachment(slug, { lines: 'public_id = "gw_mine"' }));
        await workspace.apply();
        api.store.attach(slug, { gatewayId: gatewayId("support"), unknown: { scopes: ["tickets.read"] } });
        await workspace.write(gateway() + renamed);
        await workspace.apply(flag);
        expect(api.store.attachments()).toMatchObject([
          { gatewayId: gatewayId("support"), publicId: "gw_mine", unknown: { scopes: ["tickets.read"] } },
        ]);
        expect(Object.keys(await workspace.state())).toContain("mcpstack_server_gateway_attachment.renamed");
        await changesNothing();
      });

      test("and points elsewhere ends there, after one further apply at most, and is never lost", async () => {
        await start(engine, gateway(), gateway("orders"), attachment(slug));
        await workspace.apply();
        const moved = attachment(slug, { label: "renamed", to: "mcpstack_gateway.orders.id" });
        await workspace.write(gateway() + gateway("orders") + moved);
        const first = await applied(flag);
        if (flag === "-parallelism=10") expect(plain(first)).toContain("Apply complete!");
        expect(attachedTo()).toEqual([[id, gatewayId("orders")]]);
        await workspace.apply(flag);
        expect(attachedTo()).toEqual([[id, gatewayId("orders")]]);
        await changesNothing();
      });
    },
  );

  test.each([
    ["-parallelism=10", 12],
    ["-parallelism=1", 3],
  ])("keys of a `for_each` are renamed in one apply, with %s and %i of them", async (flag, count) => {
    for (let n = 0; n < count; n += 1) api.store.addServer({ id: `srv_${n}`, slug: `server-${n}` });
    const all = (prefix: string) => `
resource "mcpstack_server_gateway_attachment" "each" {
  for_each   = { for n in range(${count}) : "${prefix}-\${n}" => "server-\${n}" }
  server_id  = each.value
  gateway_id = mcpstack_gateway.support.id
}
`;
    await start(engine, gateway(), all("old"));
    await workspace.apply();
    const before = attachedTo();
    await workspace.write(gateway() + all("new"));
    await workspace.apply(flag);
    expect(attachedTo().sort()).toEqual(before.sort());
    await changesNothing();
  });

  test("a server that is attached already is said at plan with what to import, and an apply refuses it", async () => {
    const theirs = api.store.createGateway({ name: "Theirs" }).id;
    api.store.attach(slug, { gatewayId: theirs, publicId: "gw_theirs" });
    await start(engine, gateway(), attachment(slug));
    const plan = plain(await workspace.plan());
    expect(plan).toContain(`Server petalpal-api is attached to gateway ${theirs} with the public id gw_theirs already`);
    expect(plan).toMatch(/Import that attachment \(its id is petalpal-api\).*\(already_attached\)/);
    expect(plain(await applied())).toMatch(/Error: .*is already attached.*\(already_attached\)/);
    expect(attachedTo()).toEqual([[id, theirs]]);
  });

  test("one that is attached just so is taken over as it is, and that is said", async () => {
    const theirs = api.store.createGateway({ name: "Theirs" }).id;
    api.store.attach(slug, { gatewayId: theirs, publicId: "gw_theirs", unknown: { resource: "urn:theirs" } });
    const before = structuredClone(api.store.attachments());
    await start(engine, attachment(slug, { to: `"${theirs}"` }));
    expect(plain(await workspace.plan())).toContain("an apply makes it stand for that attachment, and changes nothing");
    expect(plain(await workspace.apply())).toContain("(attachment_taken_over)");
    expect(api.store.attachments()).toEqual(before);
    await changesNothing();
  });

  test("a destroy without a refresh leaves an attachment that changed hands, and says so", async () => {
    await start(engine, gateway(), attachment(slug));
    await workspace.apply();
    const theirs = api.store.createGateway({ name: "Theirs" }).id;
    api.store.attach(slug, { gatewayId: theirs });
    const destroyed = await workspace.apply("-destroy", "-refresh=false");
    expect(plain(destroyed)).toMatch(
      new RegExp(`was not detached: it is attached to gateway ${theirs}.*\\(attachment_not_ours\\)`),
    );
    expect(attachedTo()).toEqual([[id, theirs]]);
  });

  describe("a state with two entries for one server", () => {
    const two = gateway() + attachment(slug, { label: "two", lines: 'public_id = "gw_mine"' });

    test.each(["-parallelism=10", "-parallelism=1"])(
      "after a rename that was applied in part keeps the newer one, with %s",
      async (flag) => {
        await start(engine, gateway(), attachment(slug, { lines: 'public_id = "gw_mine"' }));
        await workspace.apply();
        api.store.attach(slug, { gatewayId: gatewayId("support"), unknown: { scopes: ["tickets.read"] } });
        await workspace.write(two);
        await workspace.apply("-target=mcpstack_server_gateway_attachment.two");
        expect(plain(await workspace.apply(flag))).toContain("(attachment_kept)");
        expect(api.store.attachments()).toMatchObject([
          { gatewayId: gatewayId("support"), publicId: "gw_mine", unknown: { scopes: ["tickets.read"] } },
        ]);
        await changesNothing();
      },
    );

    test("after a replacement of which only the create was done keeps the newer one", async () => {
      const before = "lifecycle {\n    create_before_destroy = true\n  }";
      const dependent = (condition: string) => `
resource "terraform_data" "dependent" {
  triggers_replace = [mcpstack_server_gateway_attachment.one.id]
  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [mcpstack_server_gateway_attachment.one]
    postcondition {
      condition     = ${condition}
      error_message = "The dependent failed."
    }
  }
}
`;
      const program = (condition: string) => gateway() + attachment(slug, { lines: before }) + dependent(condition);
      await start(engine, program('self.id != ""'));
      await workspace.apply();
      await workspace.write(program('self.id == ""'));
      expect((await applied(`-replace=${one}`)).status).toBe(1);
      expect(await workspace.read("terraform.tfstate")).toContain(`"deposed"`);
      await workspace.write(program('self.id != ""'));
      expect(plain(await workspace.apply())).toContain("(attachment_kept)");
      expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
      await changesNothing();
    });

    test("is destroyed as a whole", async () => {
      await start(engine, gateway(), attachment(slug, { lines: 'public_id = "gw_mine"' }));
      await workspace.apply();
      await workspace.write(two);
      await workspace.apply("-target=mcpstack_server_gateway_attachment.two");
      await workspace.apply("-destroy");
      expect([attachedTo(), api.store.gateways()]).toEqual([[], []]);
    });
  });

  describe("a gateway that leaves the program while its attachment goes to another one", () => {
    const renamed = gateway("renamed") + attachment(slug, { to: "mcpstack_gateway.renamed.id" });

    test.each([
      ["a new one", gateway() + attachment(slug)],
      ["one that is there", gateway() + gateway("renamed") + attachment(slug)],
    ])("%s is warned of at plan and refused with the ways on, each of which works", async (_, before) => {
      await start(engine, before);
      await workspace.apply();
      await workspace.write(renamed);
      const plan = plain(await workspace.plan());
      expect(plan).toMatch(/Warning: Gateway gtw_\d+ \(support\) is destroyed by this plan/);
      expect(plan).toMatch(/its server petalpal-api goes to another.*-replace=ADDRESS.*\(gateway_destroyed_first\)/);
      const refused = await applied();
      expect([refused.status, plain(refused)]).toEqual([
        1,
        expect.stringMatching(/servers are attached.*-replace=ADDRESS.*`moved` block.*\(gateway_has_servers\)/),
      ]);
      expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
      const { publicId } = api.store.attachment(slug) ?? {};
      await workspace.apply(`-replace=${one}`);
      expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("renamed"), publicId }]);
      expect(api.store.gateways()).toHaveLength(1);
      await changesNothing();
    });

    test("with a moved block is no other one, and nothing is said", async () => {
      await start(engine, gateway() + attachment(slug));
      await workspace.apply();
      const moved = "moved {\n  from = mcpstack_gateway.support\n  to   = mcpstack_gateway.renamed\n}\n";
      await workspace.write(renamed + moved);
      expect(plain(await workspace.apply())).not.toContain("gateway_destroyed_first");
      expect(attachedTo()).toEqual([[id, gatewayId("renamed")]]);
    });

    test("with create_before_destroy goes after its attachment, which is never detached", async () => {
      const first = "lifecycle {\n    create_before_destroy = true\n  }";
      await start(engine, gateway("support", first) + attachment(slug));
      await workspace.apply();
      await workspace.write(renamed);
      api.clearRequests();
      await workspace.apply();
      expect(writes().map(([method]) => method)).toEqual(["POST", "PUT", "DELETE"]);
      expect(attachedTo()).toEqual([[id, gatewayId("renamed")]]);
      await changesNothing();
    });
  });

  test("a public id and a gateway's name that another one has are refused with how to swap them", async () => {
    api.setBehaviour({ duplicateNames: "conflict" });
    const gateways = (one: string, two: string) =>
      gateway("one").replace('"one"\n  provider', `"${one}"\n  provider`) +
      gateway("two").replace('"two"\n  provider', `"${two}"\n  provider`);
    const attachments = (first: string, second: string) =>
      attachment(slug, { to: "mcpstack_gateway.one.id", lines: `public_id = "${first}"` }) +
      attachment("orders-api", { label: "two", to: "mcpstack_gateway.one.id", lines: `public_id = "${second}"` });
    await start(engine, gateways("A", "B"), attachments("gw_a", "gw_b"));
    await workspace.apply();
    await workspace.write(gateways("B", "A") + attachments("gw_a", "gw_b"));
    expect(plain(await applied())).toMatch(/name "B" is that of gateway .*exchange.*three applies.*\(name_taken\)/);
    await workspace.write(gateways("A", "B") + attachments("gw_b", "gw_a"));
    expect(plain(await applied())).toMatch(
      /public id "gw_b" is that of another server.*exchange.*three applies.*\(public_id_taken\)/,
    );
    for (const [first, second] of [
      ["gw_third", "gw_b"],
      ["gw_third", "gw_a"],
      ["gw_b", "gw_a"],
    ] as const) {
      await workspace.write(gateways("A", "B") + attachments(first, second));
      await workspace.apply();
    }
    await changesNothing();
  });

  describe("replacing a gateway that has attachments", () => {
    const replace = () => applied("-replace=mcpstack_gateway.support");
    const first = "lifecycle {\n    create_before_destroy = true\n  }";
    const triggered = "lifecycle {\n    replace_triggered_by = [mcpstack_gateway.support.id]\n  }";

    test("fails with an error that names the two ways on, and loses nothing", async () => {
      await start(engine, gateway(), attachment(slug));
      await workspace.apply();
      const refused = await replace();
      expect([refused.status, plain(refused)]).toEqual([
        1,
        expect.stringMatching(/create_before_destroy.*replace_triggered_by.*\(gateway_has_servers\)/),
      ]);
      expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
    });

    test.each([
      ["create_before_destroy on the gateway", gateway("support", first) + attachment(slug)],
      ["replace_triggered_by on the attachment", gateway() + attachment(slug, { lines: triggered })],
    ])("works with %s", async (_, program) => {
      await start(engine, program);
      await workspace.apply();
      const before = gatewayId("support");
      const replaced = await replace();
      expect([replaced.status, plain(replaced)]).toEqual([0, expect.stringContaining("Apply complete!")]);
      expect(api.store.gateways()).toHaveLength(1);
      expect(gatewayId("support")).not.toBe(before);
      expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
      await changesNothing();
    });

    test("an attachment is replaced, too, with create_before_destroy, and its server is never detached", async () => {
      await start(engine, gateway(), attachment(slug, { lines: first }));
      await workspace.apply();
      api.clearRequests();
      await workspace.apply(`-replace=${one}`);
      expect(writes().map(([method]) => method)).toEqual(["PUT"]);
      expect(attachedTo()).toEqual([[id, gatewayId("support")]]);
      await changesNothing();
    });
  });
});

describe("as the pages of the reference show it", () => {
  test.each(["mcpstack_gateway", "mcpstack_server_gateway_attachment"])("a gateway is replaced: %s", async (name) => {
    const example = await readFile(path.resolve(__dirname, `../../examples/resources/${name}/replace.tf`), "utf8");
    await start("terraform", 'provider "mcpstack" {\n  metadata_check = "off"\n}\n', example);
    await workspace.apply();
    const before = gatewayId("Replaceable Gateway");
    await workspace.apply("-replace=mcpstack_gateway.replaceable");
    expect(gatewayId("Replaceable Gateway")).not.toBe(before);
    expect(api.store.attachments()).toMatchObject([{ gatewayId: gatewayId("Replaceable Gateway") }]);
    await changesNothing();
  });
});

test.each([
  ["its id", id, slug],
  ["its slug", slug, id],
])(
  "An attachment that is imported by the identity with %s is that of a program that says the other",
  async (_, named, written) => {
    const made = api.store.createGateway({ name: "Made by hand" }).id;
    api.store.attach(slug, { gatewayId: made });
    const block = `
import {
  to = ${one}
  identity = {
    server_id = "${named}"
  }
}
`;
    await start("terraform-next", attachment(written, { to: `"${made}"` }), block);
    expect(plain(await workspace.plan())).toContain("Plan: 1 to import, 0 to add, 0 to change, 0 to destroy");
    await workspace.apply();
    expect(writes()).toEqual([]);
    await workspace.write(attachment(written, { to: `"${made}"` }));
    await changesNothing();
  },
);
