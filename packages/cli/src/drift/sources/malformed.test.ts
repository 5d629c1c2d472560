import fc from "fast-check";
import { CommandError } from "../../command/exit";
import { pulumiStack } from "./pulumi";
import { terraformPlan, terraformState } from "./terraform";

const gateway = { id: "gtw_1", name: "x", authorization_server_url: "https://id.example", scopes: ["a"], metadata: {} };
const shown = {
  format_version: "1.0",
  values: {
    root_module: {
      resources: [{ address: "mcpstack_gateway.x", mode: "managed", type: "mcpstack_gateway", values: gateway }],
      child_modules: [{ resources: [] }],
    },
  },
};
const wholes: readonly [string, (text: string, name: string) => unknown, object][] = [
  [
    "a state file",
    terraformState,
    { version: 4, resources: [{ type: "mcpstack_gateway", name: "x", instances: [{ attributes: gateway }] }] },
  ],
  ["a shown state", terraformState, shown],
  [
    "a plan",
    terraformPlan,
    {
      ...shown,
      planned_values: shown.values,
      prior_state: { values: shown.values },
      configuration: { provider_config: { mcpstack: { name: "mcpstack", expressions: {} } } },
    },
  ],
  [
    "a stack export",
    pulumiStack,
    {
      version: 3,
      deployment: {
        resources: [
          {
            urn: "urn:x",
            type: "pulumi-nodejs:dynamic/mcpstack:Gateway",
            id: "gtw_1",
            inputs: {},
            outputs: { authorizationServerUrl: "https://id.example" },
          },
        ],
      },
    },
  ],
];

/** Every place in a JSON value, as paths. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => places(member, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

test.each(wholes)(
  "%s with any of its values replaced by any other is read, or refused with a message",
  (_, read, whole) => {
    const all = places(whole);
    fc.assert(
      fc.property(fc.nat(all.length - 1), fc.jsonValue(), (at, by) => {
        const text = JSON.stringify(replaced(whole, all[at] ?? [], by));
        try {
          read(text, "input.json");
        } catch (error) {
          expect(error).toBeInstanceOf(CommandError);
        }
      }),
      { seed: 20260301, numRuns: 1500 },
    );
  },
);

test.each(wholes)("%s cut anywhere is refused with a message", (_, read, whole) => {
  const text = JSON.stringify(whole);
  for (let length = 0; length < text.length; length++)
    expect(() => read(text.slice(0, length), "input.json")).toThrow(CommandError);
});
