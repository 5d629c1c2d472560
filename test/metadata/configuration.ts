/** The arguments of a block, as they would be typed; `undefined` is left out. */
export type Arguments = Readonly<
  Record<string, string | number | readonly string[] | Readonly<Record<string, string>> | undefined>
>;

export const provider = (args: Arguments = {}) => block('provider "mcpstack"', args);

export const gateway = (name: string, args: Arguments) =>
  block(`resource "mcpstack_gateway" "${name}"`, { name, provider_type: "manual", ...args });

/** So many gateways, named g0, g1 and so on. */
export const gateways = (count: number, args: (index: number) => Arguments) =>
  Array.from({ length: count }, (_, index) => gateway(`g${index}`, args(index))).join("");

export function block(head: string, args: Arguments): string {
  const lines = Object.entries(args).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name} = ${JSON.stringify(value)}\n`],
  );
  return `${head} {\n${lines.join("")}}\n`;
}
