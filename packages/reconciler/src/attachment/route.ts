import { type AttachmentState, callbackUrl, mcpUrl } from "@mcpstack/model";
import type { Run } from "../run";

/** What an answer may name of a route. */
export type NamedRoute = Pick<AttachmentState, "publicId" | "mcpUrl" | "callbackUrl">;

/** Where the API names an address, that one is true; a derived one is a default (API page, "Public leg"). */
export function routeOf(run: Run, document: NamedRoute): NamedRoute {
  const { publicId } = document;
  return {
    publicId,
    mcpUrl: document.mcpUrl ?? (publicId && mcpUrl(run.api.apiUrl, publicId)),
    callbackUrl: document.callbackUrl ?? (publicId && callbackUrl(run.api.apiUrl, publicId)),
  };
}
