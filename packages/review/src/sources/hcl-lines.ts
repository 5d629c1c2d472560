/** The blocks of an HCL file that a review points at, with the line on which each begins. */
export function hclLines(text: string): { readonly key: string; readonly line: number }[] {
  const found: { key: string; line: number }[] = [];
  let provider: { line: number; depth: number } | undefined;
  text.split("\n").forEach((content, index) => {
    const resource = /^\s*resource\s+"?(mcpstack_[a-z_]+)"?\s+"?([\w-]+)"?\s*\{/.exec(content);
    if (resource) found.push({ key: `${resource[1]}.${resource[2]}`, line: index + 1 });
    if (/^\s*provider\s+"?mcpstack"?\s*\{/.test(content)) {
      provider = { line: index + 1, depth: 0 };
      found.push({ key: "provider.mcpstack", line: index + 1 });
    }
    if (!provider) return;
    // The alias stands inside of the block; the first one after its head is taken.
    const alias = /^\s*alias\s*=\s*"([\w-]+)"/.exec(content)?.[1];
    if (alias !== undefined) {
      found[found.length - 1] = { key: `provider.mcpstack.${alias}`, line: provider.line };
    }
    provider.depth += (content.match(/\{/g) ?? []).length - (content.match(/\}/g) ?? []).length;
    if (provider.depth <= 0) provider = undefined;
  });
  return found;
}
