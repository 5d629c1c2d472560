import { Workspace } from "./terraform";

const body = (changes: Record<string, string> = {}) => `
resource "toy_everything" "all" {
  kind      = ${changes.kind ?? '"a"'}
  string    = ${changes.string ?? '"text with \\u00e9"'}
  number    = ${changes.number ?? "0.1"}
  bool      = true
  dynamic   = ${changes.dynamic ?? '{ a = [1, "two", null], b = tolist(["x"]) }'}
  list      = [{ a = [3, 1, 2], __proto__ = [] }, {}]
  set       = [["b", "a"], ["c"]]
  map       = { x = { a = true, b = ["1"] }, constructor = { a = null, b = null } }
  object    = { inner = { deep = { x = 123456789012345678901234567890.5 } } }
  tuple     = ["a", 1e30, [false]]
  sensitive = "hidden"
  secret_wo = "write only"
  loose     = ${changes.loose ?? '"Loose"'}
  single = {
    list = [{ map = { k = { name = "k1" }, l = { name = "l1", size = 5 } } }]
  }
  map_of = { one = { single = { set = [{ name = "s1" }, { name = "s2", size = 2 }] } } }
  set_of = ${changes.setOf ?? '[{ name = "first", list = [{ name = "f1" }] }, { name = "second" }]'}
  single_block {
    list_block {
      name = "lb"
      set_block { name = "deep" }
      set_block { name = "deeper" }
    }
  }
  set_block {
    name = "sb"
    size = 7
  }
  set_block { name = "sb2" }
  map_block "key" { name = "mb" }
  list_block {
    name      = "l0"
    secret_wo = "write only too"
  }
  list_block { name = ${changes.listName ?? '"l1"'} }
}
`;

let workspace: Workspace;
beforeAll(() => {
  workspace = new Workspace();
  workspace.write(body());
  workspace.init();
  workspace.apply();
});
afterAll(() => workspace.remove());

const emptyPlan = () => expect(workspace.plan()).toMatchObject({ status: 0 });

test("A resource with every attribute type, nested to three levels, is created, and the plan after it is empty.", () => {
  expect(workspace.attributes("toy_everything")).toMatchObject({
    id: "everything-1",
    revision: 1,
    defaulted: "by default",
    number: 0.1,
    secret_wo: null,
    secret_length: 10,
    dynamic: { type: expect.anything(), value: { a: [1, "two", null], b: ["x"] } },
    single: { on: true, list: [{ map: { k: { name: "k1", size: 1, made: "made by the toy" }, l: { size: 5 } } }] },
    filled: { at: "filled" },
    list_block: [{ name: "l0", secret_wo: null, made: "made by the toy" }, { name: "l1" }],
    map_block: { key: { name: "mb", group_block: { a: "g" } } },
  });
  emptyPlan();
});

test("An update keeps what a modifier keeps, makes the rest unknown, and its plan shows no more than the change.", () => {
  workspace.write(body({ string: '"other"', listName: '"renamed"' }));
  const { status, output } = workspace.plan();
  expect(status).toBe(2);
  expect(output).toContain("1 to change");
  expect(output).toMatch(/~ revision +: *|~ revision += 1 -> \(known after apply\)/);
  expect(output).not.toMatch(/id += .* -> /);
  expect(output).not.toContain("made by the toy");
  workspace.apply();
  expect(workspace.attributes("toy_everything")).toMatchObject({ id: "everything-1", revision: 2, string: "other" });
  emptyPlan();
});

test("A value that means the same is no change, and stays as it was.", () => {
  workspace.write(body({ string: '"other"', listName: '"renamed"', loose: '"LOOSE"' }));
  emptyPlan();
});

test("The order of a set is no change.", () => {
  workspace.write(
    body({
      string: '"other"',
      listName: '"renamed"',
      setOf: '[{ name = "second" }, { name = "first", list = [{ name = "f1" }] }]',
    }),
  );
  emptyPlan();
});

test("A change of what cannot be changed in place replaces the resource.", () => {
  workspace.write(body({ kind: '"b"', dynamic: '"now a text"' }));
  expect(workspace.apply()).toContain("1 added, 0 changed, 1 destroyed");
  expect(workspace.attributes("toy_everything")).toMatchObject({ kind: "b", revision: 1 });
  emptyPlan();
});

test("A validator's text is shown at the attribute's line.", () => {
  workspace.write(body({ loose: '"forbidden"' }));
  const { status, output } = workspace.plan();
  expect(status).toBe(1);
  expect(output).toMatch(/loose\s+= "forbidden"[\s\S]*This word is forbidden/);
});
