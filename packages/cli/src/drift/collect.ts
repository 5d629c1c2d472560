import type { FindingPolicy, GatewayProfile } from "@mcpstack/model";
import {
  type Discovered,
  discover,
  discoveryInputs,
  type MetadataReader,
  type PublicLeg,
} from "@mcpstack/oauth-metadata";
import type { Inventory, InventoryGateway, InventoryRoute } from "./inventory";
import { policyFor } from "./policy";

export interface CollectedGateway extends InventoryGateway {
  /** Undefined where nothing was to be read. */
  readonly discovered?: Discovered | undefined;
}

export interface CollectedRoute extends InventoryRoute {
  readonly leg: PublicLeg;
}

/** An inventory with everything that is published about it: all that judging needs, as plain data. */
export interface Collected extends Omit<Inventory, "gateways" | "routes"> {
  readonly gateways: readonly CollectedGateway[];
  readonly routes: readonly CollectedRoute[];
}

export interface CollectOptions {
  readonly reader: MetadataReader;
  readonly policy: FindingPolicy;
  /** Given by the person at the keyboard, who names them so. */
  readonly trustedOrigins: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Called after each gateway and each route. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads what is published about an inventory. The reader fetches each document once and bounds the requests of each host; gateways that name the
 * same addresses share what was discovered.
 */
export async function collect(inventory: Inventory, options: CollectOptions): Promise<Collected> {
  const { reader, signal, trustedOrigins } = options;
  const gateways = inventory.gateways;
  const routes = inventory.routes.filter(
    ({ gateway }) =>
      policyFor(
        gateways.find(({ subject }) => subject.address === gateway),
        options.policy,
      ).metadataCheck !== "off",
  );
  const total = gateways.length + routes.length;
  let done = 0;
  const counted = <T>(value: T): T => {
    done += 1;
    options.progress?.(done, total);
    return value;
  };
  const shared = new Map<string, Promise<Discovered>>();
  const discovered = (profile: GatewayProfile, programUrls: readonly string[]): Promise<Discovered> => {
    const { authorizationEndpoint = "", tokenEndpoint = "", registrationEndpoint = "" } = profile;
    const endpoints = [authorizationEndpoint, tokenEndpoint, registrationEndpoint];
    const key = JSON.stringify([discoveryInputs(profile), endpoints, programUrls]);
    const found = shared.get(key) ?? discover(reader, profile, { signal, programUrls });
    shared.set(key, found);
    return found;
  };
  const [collectedGateways, collectedRoutes] = await Promise.all([
    Promise.all(
      gateways.map(async (gateway): Promise<CollectedGateway> => {
        if (policyFor(gateway, options.policy).metadataCheck === "off") return counted(gateway);
        const named = [...gateway.programUrls, ...(gateway.trustedOrigins ?? []), ...trustedOrigins];
        return counted({ ...gateway, discovered: await discovered(gateway.profile, named) });
      }),
    ),
    Promise.all(
      routes.map(async (route): Promise<CollectedRoute> => {
        const { mcpUrl, protectedResourceMetadataUrl, isGateway } = route;
        const named = { signal, programUrls: [...route.programUrls, ...trustedOrigins] };
        return counted({
          ...route,
          leg: await reader.publicLeg({ mcpUrl, protectedResourceMetadataUrl, isGateway }, named),
        });
      }),
    ),
  ]);
  return { ...inventory, gateways: collectedGateways, routes: collectedRoutes };
}
