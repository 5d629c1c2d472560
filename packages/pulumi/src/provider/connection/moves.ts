import { sameJson } from "@mcpstack/model";
import { hasUnknown, type Properties } from "../values";
import { runFor } from "./runs";
import { connectionValues } from "./validate";

/**
 * Whether the program moved a resource to another organization. Only an edit of its own `connection` does: another credential or another
 * environment must never replace anything, and is refused when the resource is read, updated or deleted.
 */
export async function movesOrganization(olds: Properties, news: Properties): Promise<boolean> {
  if (hasUnknown(news.connection)) return false;
  const before = connectionValues(olds.connection);
  const now = connectionValues(news.connection);
  if (sameJson({ ...before, credentialFrom: undefined }, { ...now, credentialFrom: undefined })) return false;
  return (await runFor(news.connection).api.organizationId()) !== olds.organizationId;
}
