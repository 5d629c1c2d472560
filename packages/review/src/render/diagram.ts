import { mermaidLabel } from "../escape/mermaid";
import type { ReviewResult } from "../result";

/** Larger pictures say less than the table. */
const maxGateways = 12;
const maxServers = 40;

type Side = "before" | "after";
type Gateway = ReviewResult["gateways"][number];

/**
 * Issuer → gateway → servers, before and after, as a Mermaid flowchart; undefined where nothing in it moves, or where it is too large to be
 * read.
 */
export function diagram(result: ReviewResult): string | undefined {
  const gateways = result.gateways.filter(hasEdges);
  const servers = new Set(
    gateways.flatMap(({ before, after }) => [...(before?.servers ?? []), ...(after?.servers ?? [])]),
  );
  if (!gateways.some(isMoving) || gateways.length > maxGateways || servers.size > maxServers) return undefined;
  // An invisible link keeps what was above what will be; Mermaid would place the two as it likes.
  const order = "  Before ~~~ After";
  return ["flowchart TB", ...sideLines("before", gateways), ...sideLines("after", gateways), order].join("\n");
}

function hasEdges({ before, after }: Gateway): boolean {
  return (
    (before?.issuer ?? after?.issuer) !== undefined || (before?.servers.length ?? 0) + (after?.servers.length ?? 0) > 0
  );
}

/** A new gateway that nothing uses yet, or a change that leaves issuer and servers alone, needs no picture. */
function isMoving({ before, after }: Gateway): boolean {
  if (!before) return (after?.servers.length ?? 0) > 0;
  if (!after) return true;
  return before.issuer !== after.issuer || before.servers.join("\n") !== after.servers.join("\n");
}

function sideLines(side: Side, gateways: readonly Gateway[]): string[] {
  const issuers = new Map<string, string>();
  const servers = new Map<string, string>();
  const id = (map: Map<string, string>, prefix: string, key: string) => {
    const known = map.get(key) ?? `${side}_${prefix}${map.size}`;
    map.set(key, known);
    return known;
  };
  const lines: string[] = [];
  gateways.forEach((gateway, index) => {
    const state = gateway[side];
    if (!state) return;
    const node = `${side}_g${index}`;
    lines.push(`    ${node}[${mermaidLabel(gateway.name)}]`);
    if (state.issuer !== undefined) {
      const isNew = !issuers.has(state.issuer);
      const issuer = id(issuers, "i", state.issuer);
      if (isNew) lines.push(`    ${issuer}([${mermaidLabel(state.issuer)}])`);
      lines.push(`    ${issuer} --> ${node}`);
    }
    for (const server of state.servers) {
      const isNew = !servers.has(server);
      const serverId = id(servers, "s", server);
      if (isNew) lines.push(`    ${serverId}[[${mermaidLabel(server)}]]`);
      lines.push(`    ${node} --> ${serverId}`);
    }
  });
  const title = side === "before" ? "Before" : "After";
  const shown = lines.length === 0 ? [`    ${side}_nothing["nothing"]`] : lines;
  return [`  subgraph ${title}`, "    direction LR", ...shown, "  end"];
}
