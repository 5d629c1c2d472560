import { PartialApply, type ResourceDefinition, schema, t, type ValueObject } from "@mcpstack/tfplugin";
import { keepingEmpty } from "./keeping-empty";

const given: ValueObject[] = [];
const halfway: ResourceDefinition<unknown> = {
  schema: schema({ attributes: { a: { type: t.string, optional: true }, b: { type: t.string, optional: true } } }),
  read: ({ state }) => ({ state }),
  create({ planned }) {
    given.push(planned);
    throw new PartialApply({ ...planned, b: "made" }, new Error("halfway"), { private: { kept: true } });
  },
  delete() {},
};

test("a state of what was made only halfway has an empty value as it was typed, beside what was kept", async () => {
  const typed = { a: "", b: "" };
  const creation = keepingEmpty(halfway).create({ planned: typed, config: typed } as never);
  await expect(creation).rejects.toMatchObject({
    state: { a: "", b: "made" },
    private: { kept: true },
    message: "halfway",
  });
  expect(given).toEqual([{ a: null, b: null }]);
});
