import { sameJson } from "@mcpstack/model";
import { planAttachment } from "@mcpstack/reconciler";
import { movesOrganization } from "../connection/moves";
import type { DiffResult } from "../engine/contract";
import { knownOnly, type Properties, unknownNames } from "../values";
import { attachmentFrom, attachmentNames, stateFrom } from "./properties";

/** Says whether anything changes, and whether it takes another attachment: a server is detached before another is attached. */
export async function diffAttachment(id: string, olds: Properties, news: Properties): Promise<DiffResult> {
  const { edited, replaced } = planAttachment({
    prior: stateFrom(olds, id),
    desired: attachmentFrom(knownOnly(news)),
    unknown: unknownNames(news, attachmentNames),
  });
  const connection = !sameJson(olds.connection ?? {}, news.connection ?? {});
  const moved = (await movesOrganization(olds, news)) ? ["connection"] : [];
  return { changes: edited.length > 0 || connection, replaces: [...replaced, ...moved], deleteBeforeReplace: true };
}
