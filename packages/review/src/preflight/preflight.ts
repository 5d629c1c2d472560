import type { Finding } from "@mcpstack/model";
import type { PlanChanges, ProviderChange, ResourceChange } from "../changes/change";
import { isChanged, isWritten, providerOf } from "../changes/values";

/** What of a gateway decides which documents are looked for and what they are compared with. */
export const discoveryFields = [
  "providerType",
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "clientId",
  "resource",
  "scopes",
] as const;

/** What the command's own options allow the check; a plan can allow nothing. */
export interface PreflightChoices {
  readonly allowPrivateAddresses: boolean;
  readonly allowInsecureMetadata: boolean;
  readonly caFile: string | undefined;
}

/** Fetches and judges the metadata of planned profiles. It never holds a credential. */
export interface Preflight {
  check(gateway: ResourceChange, provider: ProviderChange | undefined): Promise<readonly Finding[]>;
}

export interface PreflightFinding {
  readonly gateway: ResourceChange;
  readonly finding: Finding;
}

const atOnce = 6;

/** Checks the gateways whose discovery this plan changes. What is not known before the apply cannot be checked before it. */
export async function checkPlanned(plan: PlanChanges, preflight: Preflight): Promise<PreflightFinding[]> {
  const waiting = plan.gateways
    .filter(
      (gateway) =>
        isWritten(gateway) && !gateway.unknown.has("authorizationServerUrl") && !gateway.unknown.has("metadataUrl"),
    )
    .filter(
      (gateway) =>
        gateway.action === "create" ||
        gateway.action === "replace" ||
        discoveryFields.some((field) => isChanged(gateway, field)),
    )
    .map((gateway, index) => ({ gateway, index }));
  const found: PreflightFinding[][] = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { gateway, index } = next;
      const provider = providerOf(plan, gateway);
      found[index] = (await preflight.check(gateway, provider)).map((finding) => ({ gateway, finding }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found.flat();
}
