import { reviewPlan } from "../../review";
import { cdktfStack } from "../../testing/cdktf-stack";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";
import { afterMoves } from "./moves";

const expression = (text: string) => `\${${text}}`;
const own = "https://petalpal.eu.auth0.com/";
const evil = "https://evil.example.org/";
const gatewayType = "mcpstack_gateway";
const attachmentType = "mcpstack_server_gateway_attachment";

/** Two gateways, each with a server of its own. */
function two(): Loose {
  return cdktfStack({
    gateways: {
      a: { ...supportGateway, authorizationServerUrl: own },
      b: { ...supportGateway, name: "B", authorizationServerUrl: evil },
    },
    attachments: {
      s1: { serverId: "orders", gateway: "a", publicId: "gw_orders" },
      s2: { serverId: "tickets", gateway: "b", publicId: "gw_tickets" },
    },
  });
}

/** Moves gateways by the names of their blocks, with everything that is written in these. */
function withMoves(stack: Loose, ...moves: [from: string, to: string][]): Loose {
  const gateways = stack.resource[gatewayType];
  const bodies = moves.map(([from]) => gateways[from]);
  for (const [from] of moves) delete gateways[from];
  moves.forEach(([, to], index) => {
    gateways[to] = bodies[index];
  });
  stack.moved = moves.map(([from, to]) => ({ from: `${gatewayType}.${from}`, to: `${gatewayType}.${to}` }));
  return stack;
}

async function told(base: Loose, head: Loose): Promise<string[]> {
  const { findings } = await reviewPlan(inputOf(head, "cdk.tf.json"), {
    base: inputOf(base, "base/cdk.tf.json"),
    now: today,
  });
  return findings.map(({ severity, code, address }) => `${severity} ${code} ${address}`);
}

describe("a moved block onto an address that has something else in the base", () => {
  test("leads the server of what was there to another issuer", async () => {
    expect(await told(two(), withMoves(two(), ["a", "b"]))).toContain(
      `error authorization-server-changed ${gatewayType}.b`,
    );
  });

  test("leads the server of what goes away from there to what comes", async () => {
    const found = await told(two(), withMoves(two(), ["a", "t"], ["b", "a"]));
    expect(found).toContain(`error sign-in-moved ${attachmentType}.s1`);
  });

  test("cannot hide an edit", async () => {
    const head = two();
    head.moved = [{ from: `${gatewayType}.b`, to: `${gatewayType}.a` }];
    head.resource[gatewayType].a.authorization_server_url = evil;
    delete head.resource[gatewayType].b;
    expect(await told(two(), head)).toContain(`error authorization-server-changed ${gatewayType}.a`);
  });

  test("tells of other rights and checks at the same issuer", async () => {
    const base = two();
    Object.assign(base.resource[gatewayType].b, {
      authorization_server_url: own,
      scopes: ["openid", "orders:write"],
      metadata_check: "off",
    });
    const found = await told(base, withMoves(JSON.parse(JSON.stringify(base)), ["b", "a"]));
    expect(found).toEqual(
      expect.arrayContaining([
        `warn scope-added-write ${gatewayType}.a`,
        `warn metadata-check-lowered ${gatewayType}.a`,
        `error gateway-gone-attached ${gatewayType}.b`,
      ]),
    );
  });

  test("is followed at instances, too", async () => {
    const made = (eu: string, us: string) => {
      const stack = two();
      const { a } = stack.resource[gatewayType];
      const issuers = { [eu]: own, [us]: evil };
      stack.resource[gatewayType] = {
        a: { ...a, for_each: issuers, authorization_server_url: expression("each.value") },
      };
      for (const name of ["s1", "s2"])
        stack.resource[attachmentType][name].gateway_id = expression(`${gatewayType}.a["eu"].id`);
      return stack;
    };
    const head = made("old", "eu");
    head.moved = [
      { from: `${gatewayType}.a["eu"]`, to: `${gatewayType}.a["old"]` },
      { from: `${gatewayType}.a["us"]`, to: `${gatewayType}.a["eu"]` },
    ];
    expect(await told(made("eu", "us"), head)).toEqual(
      expect.arrayContaining([`error sign-in-moved ${attachmentType}.s1`, `error sign-in-moved ${attachmentType}.s2`]),
    );
  });

  test("is behind what is made of another resource, too", async () => {
    const base = two();
    base.resource.random_pet = { a: { length: 2 }, b: { length: 2 } };
    base.resource[gatewayType].a.authorization_server_url = expression("random_pet.a.id");
    const head = JSON.parse(JSON.stringify(base));
    delete head.resource.random_pet.b;
    head.moved = [{ from: "random_pet.b", to: "random_pet.a" }];
    expect(await told(base, head)).toContain(`error cannot-be-reviewed ${gatewayType}.a`);
    const anew = JSON.parse(JSON.stringify(base));
    anew.resource.random_pet.c = anew.resource.random_pet.a;
    anew.moved = [{ from: "random_pet.a", to: "random_pet.c" }];
    expect(await told(base, anew)).toContain(`error cannot-be-reviewed ${gatewayType}.a`);
  });
});

test("a rename with everything that refers to it is no change", async () => {
  const head = withMoves(two(), ["a", "renamed"]);
  head.resource[attachmentType].s1.gateway_id = expression(`${gatewayType}.renamed.id`);
  expect(await told(two(), head)).toEqual([]);
});

test("a chain of moves is followed to its end", async () => {
  const head = withMoves(two(), ["a", "renamed"]);
  head.resource[attachmentType].s1.gateway_id = expression(`${gatewayType}.renamed.id`);
  head.moved = [
    { from: `${gatewayType}.between`, to: `${gatewayType}.renamed` },
    { from: `${gatewayType}.a`, to: `${gatewayType}.between` },
  ];
  expect(await told(two(), head)).toEqual([]);
});

test("a moved block that is carried out already changes nothing, there or not", async () => {
  const base = two();
  base.resource.random_pet = { a: { length: 2 } };
  base.resource[gatewayType].a.authorization_server_url = expression("random_pet.a.id");
  const moved = [
    { from: `${gatewayType}.before`, to: `${gatewayType}.a` },
    { from: "random_pet.before", to: "random_pet.a" },
    { from: "random_pet.a", to: "random_pet.a[0]" },
  ];
  expect(await told({ ...base, moved }, base)).toEqual([]);
  expect(await told(base, { ...base, moved: moved.slice(0, 2) })).toEqual([]);
  expect(await told({ ...base, moved }, { ...base, moved })).toEqual([]);
});

test.each([
  ["to a place that is not written", `${attachmentType}.elsewhere`],
  ["to an instance that is not there", `${attachmentType}.s2["gone"]`],
])("an attachment that moves %s is gone", async (_, to) => {
  const head = two();
  delete head.resource[attachmentType].s1;
  head.moved = [{ from: `${attachmentType}.s1`, to }];
  const found = await told(two(), head);
  expect(found).toContain(`error server-without-gateway ${to}`);
});

test("a gateway that comes out of a module cannot be compared", async () => {
  const head = two();
  head.resource[gatewayType].c = { ...head.resource[gatewayType].b, name: "C" };
  head.moved = [{ from: `module.login.${gatewayType}.this`, to: `${gatewayType}.c` }];
  expect(await told(two(), head)).toContain(`error cannot-be-reviewed ${gatewayType}.c`);
});

describe("as the engines carry moves out", () => {
  const state = (...addresses: string[]) => new Map(addresses.map((address) => [address, `was ${address}`]));
  const move = (from: string, to: string) => ({ from, to });

  test.each<[string, string[], [string, string][], Record<string, string>]>([
    ["a move of all instances", ["x.a[0]", "x.a[1]"], [["x.a", "x.b"]], { "x.b[0]": "x.a[0]", "x.b[1]": "x.a[1]" }],
    ["a move to where something is", ["x.a", "x.b"], [["x.a", "x.b"]], { "x.a": "x.a", "x.b": "x.b" }],
    [
      "one of an instance to where another is",
      ["x.a[0]", "x.b"],
      [["x.a[0]", "x.b"]],
      { "x.a[0]": "x.a[0]", "x.b": "x.b" },
    ],
    [
      "a chain",
      ["x.a"],
      [
        ["x.b", "x.c"],
        ["x.a", "x.b"],
      ],
      { "x.c": "x.a" },
    ],
    [
      "a chain of which two are there",
      ["x.a", "x.b"],
      [
        ["x.b", "x.c"],
        ["x.a", "x.b"],
      ],
      { "x.a": "x.a", "x.c": "x.b" },
    ],
    [
      "an instance of what moves as a whole",
      ["x.a[0]", "x.a[1]"],
      [
        ["x.a", "x.b"],
        ["x.a[1]", "x.c"],
      ],
      { "x.b[0]": "x.a[0]", "x.c": "x.a[1]" },
    ],
    [
      "a circle",
      ["x.a", "x.b"],
      [
        ["x.a", "x.b"],
        ["x.b", "x.a"],
      ],
      { "x.a": "x.a", "x.b": "x.b" },
    ],
    [
      "two to one place",
      ["x.a", "x.b"],
      [
        ["x.a", "x.c"],
        ["x.b", "x.c"],
      ],
      { "x.c": "x.a", "x.b": "x.b" },
    ],
  ])("%s", (_, addresses, moves, expected) => {
    const found = afterMoves(
      state(...addresses),
      moves.map(([from, to]) => move(from, to)),
      () => false,
    );
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([to, from]) => [to, `was ${from}`])),
    );
  });

  test("what stands for all instances is where each of them goes", () => {
    const found = afterMoves(state("x.a"), [move('x.a["eu"]', "x.b")], (address) => address === "x.a");
    expect(Object.fromEntries(found)).toEqual({ "x.a": "was x.a", "x.b": "was x.a" });
  });
});
