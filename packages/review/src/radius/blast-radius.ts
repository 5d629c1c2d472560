import type { ResourceChange } from "../changes/change";
import { stringAt } from "../changes/values";

/** What the API knows of the users behind a gateway. */
export interface GatewayReach {
  /** Ids or slugs of the linked servers. */
  readonly servers: readonly string[];
  readonly grants: number;
}

/** Where the reach of a gateway is asked for. It needs a credential, so the caller makes it; the review never sees the credential. */
export interface BlastRadiusSource {
  reach(gatewayId: string): Promise<GatewayReach>;
}

export interface BlastRadius {
  readonly source: "api" | "plan";
  readonly byAddress: ReadonlyMap<string, GatewayReach>;
  readonly notes: readonly string[];
}

const atOnce = 6;

/** Asks for each of the gateways. What cannot be asked is noted, and the plan's own view is used. */
export async function blastRadius(
  gateways: readonly ResourceChange[],
  source: BlastRadiusSource | undefined,
): Promise<BlastRadius> {
  const byAddress = new Map<string, GatewayReach>();
  if (!source) return { source: "plan", byAddress, notes: [] };
  const failed = new Map<string, number>();
  const waiting = gateways.flatMap((gateway) => {
    const id = stringAt(gateway.before, "id");
    return id === undefined ? [] : [{ gateway, id }];
  });
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        byAddress.set(next.gateway.address, await source.reach(next.id));
      } catch (error) {
        const code = String((error as { code?: unknown } | null)?.code ?? "failed");
        failed.set(code, (failed.get(code) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const notes = [...failed]
    .sort()
    .map(
      ([code, count]) =>
        `The API could not be asked about ${count === 1 ? "1 gateway" : `${count} gateways`} (${code}); for those, only what the plan shows is known.`,
    );
  return { source: byAddress.size > 0 || failed.size === 0 ? "api" : "plan", byAddress, notes };
}
