import { type JsonObject, sameJson } from "@mcpstack/model";
import type { ProviderChange, ResourceChange, Values } from "../../changes/change";
import { configuredKey } from "../../changes/values";
import { pairConfigurations } from "../pair-configurations";
import { type Configuration, earlierNamesOf } from "./configuration";
import { comparedForms } from "./provider-config";

/** What one plan says of its provider. */
export interface ProviderSide {
  readonly configuration: Configuration;
  readonly providers: readonly ProviderChange[];
}

/** What a configuration says; one that is not written at all has the defaults. */
export function settingsOf(providers: readonly ProviderChange[], key: string): Values {
  return configured(providers, key)?.after ?? {};
}

function configured(providers: readonly ProviderChange[], key: string): ProviderChange | undefined {
  const configuredAs = configuredKey({ providers }, { providerKey: key });
  return providers.find((provider) => provider.key === configuredAs);
}

/** The configurations of a plan, each with the one that was in force for the same resources in a plan of the base branch. */
export function compareProviders(
  now: ProviderSide,
  base: ProviderSide | undefined,
  changes: readonly ResourceChange[],
): ProviderChange[] {
  const after = configuredIn(now);
  if (base === undefined) {
    const used = new Set(after.uses.values());
    return now.providers.map((provider) => ({ ...provider, use: used.has(provider.key) ? "continued" : "none" }));
  }
  const one = ({ providers }: ProviderSide, key: string) => providers.find((provider) => provider.key === key);
  const isAlike = (was: string, will: string) => {
    const [before, provider] = [one(base, was), one(now, will) ?? defaults(will)];
    return (
      before !== undefined &&
      before.unknown.size + provider.unknown.size === 0 &&
      sameJson(before.after as JsonObject, provider.after as JsonObject)
    );
  };
  return pairConfigurations(configuredIn(base), after, earlierNamesOf(changes), isAlike).map(
    ({ key, earlier: was, address, use }) => {
      const provider = one(now, key) ?? defaults(key);
      return {
        ...provider,
        ...(address === undefined ? {} : { address: addressOf(address), plainSecrets: [] }),
        use,
        // One that is not written at all has the defaults.
        ...comparedForms(provider, (was === undefined ? undefined : configured(base.providers, was)) ?? defaults(key)),
      };
    },
  );
}

function configuredIn({ configuration, providers }: ProviderSide) {
  const key = (providerKey: string) => configuredKey({ providers }, { providerKey });
  return {
    keys: new Set(providers.map((provider) => provider.key)),
    uses: new Map([...configuration.uses].map(([name, providerKey]) => [name, key(providerKey)])),
  };
}

/** The address that a name of the configuration stands for. */
function addressOf(name: string): string {
  const [module = "", resource = ""] = name.split("|");
  const path =
    module === ""
      ? ""
      : `${module
          .split(".")
          .map((step) => `module.${step}.`)
          .join("")}`;
  return `${path}${resource}`;
}

function defaults(key: string): ProviderChange {
  return {
    key,
    use: "continued",
    after: {},
    unknown: new Set(),
    sensitive: new Set(),
    hidden: new Set(),
    plainSecrets: [],
  };
}
