/** One step of a module path, with the key of its instance as written: `["eu"]` or `[0]`. */
export interface ModuleStep {
  readonly name: string;
  readonly key: string;
}

/** An absolute address of a managed resource, taken apart. */
export interface ResourceAddress {
  readonly module: readonly ModuleStep[];
  readonly type: string;
  readonly name: string;
  /** `["a"]`, `[0]`, or empty. */
  readonly key: string;
}

const identifier = /^[\p{ID_Start}_][\p{ID_Continue}-]*/u;
const instanceKey = /^\[(?:\d+|"(?:[^"\\]|\\.)*")\]/;

/** Takes an address apart; undefined where it is none. */
export function parseAddress(address: string): ResourceAddress | undefined {
  let rest = address;
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(rest)?.[0];
    if (found !== undefined) rest = rest.slice(found.length);
    return found;
  };
  const module: ModuleStep[] = [];
  while (take(/^module\./)) {
    const name = take(identifier);
    if (name === undefined) return undefined;
    module.push({ name, key: take(instanceKey) ?? "" });
    if (!take(/^\./)) return undefined;
  }
  const type = take(identifier);
  if (type === undefined || !take(/^\./)) return undefined;
  const name = take(identifier);
  if (name === undefined) return undefined;
  const key = take(instanceKey) ?? "";
  return rest === "" ? { module, type, name, key } : undefined;
}

export function moduleAddress(module: readonly ModuleStep[]): string {
  return module.map(({ name, key }) => `module.${name}${key}.`).join("");
}
