import { type AttachmentState, callbackUrl, mcpUrl } from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import { hasUnknown, type Properties, unknownValue } from "../values";
import { attachmentNames } from "./properties";

type Addresses = Partial<Record<"mcpUrl" | "callbackUrl", string>>;

/**
 * The addresses that an attachment will have, where they can be known before it is written. A service may name others than the derived
 * ones (a custom domain): then they are promised only while the route stays.
 */
export async function addressesAfter(run: Run, prior: Properties | undefined, inputs: Properties): Promise<Addresses> {
  if (!prior || prior.serverId !== inputs.serverId) return derived(run, inputs.publicId);
  if (!attachmentNames.some((name) => prior[name] !== inputs[name])) return addressesIn(prior);
  const { publicId } = inputs;
  const now = await run.api.getAttachment(String(inputs.serverId));
  if (!now?.publicId) return derived(run, publicId);
  const route = {
    mcpUrl: mcpUrl(run.api.apiUrl, now.publicId),
    callbackUrl: callbackUrl(run.api.apiUrl, now.publicId),
  };
  const named = { mcpUrl: now.mcpUrl ?? route.mcpUrl, callbackUrl: now.callbackUrl ?? route.callbackUrl };
  if (publicId === undefined || publicId === now.publicId) return publicId === undefined ? {} : named;
  const usual = named.mcpUrl === route.mcpUrl && named.callbackUrl === route.callbackUrl;
  return usual ? derived(run, publicId) : {};
}

/** The addresses while it is not known at which API: those that there will be. */
export function addressesOfUnknown(prior: Properties | undefined, { publicId }: Properties): Addresses {
  const names = publicId === undefined ? Object.keys(addressesIn(prior ?? {})) : (["mcpUrl", "callbackUrl"] as const);
  return Object.fromEntries(names.map((name) => [name, unknownValue]));
}

/** Where the service named another callback URL than the derived one, that one must be registered at the identity provider. */
export function unusualCallback(run: Run, state: AttachmentState): string | undefined {
  if (state.publicId === undefined || state.callbackUrl === undefined) return undefined;
  const usual = callbackUrl(run.api.apiUrl, state.publicId);
  if (state.callbackUrl === usual) return undefined;
  return (
    `Attachment of server ${JSON.stringify(state.serverId)}: the service names the callback URL ${state.callbackUrl}, not ${usual}. ` +
    "Register the one that the service names, exactly as it stands here."
  );
}

function derived(run: Run, publicId: unknown): Addresses {
  if (hasUnknown(publicId)) return { mcpUrl: unknownValue, callbackUrl: unknownValue };
  if (typeof publicId !== "string") return {};
  return { mcpUrl: mcpUrl(run.api.apiUrl, publicId), callbackUrl: callbackUrl(run.api.apiUrl, publicId) };
}

function addressesIn(properties: Properties): Addresses {
  return Object.fromEntries(
    ["mcpUrl", "callbackUrl"].flatMap((name) =>
      typeof properties[name] === "string" ? [[name, properties[name]]] : [],
    ),
  );
}
