import { editedFields, sameJson } from "@mcpstack/model";
import { movesOrganization } from "../connection/moves";
import type { DiffResult } from "../engine/contract";
import { hasUnknown, knownOnly, type Properties, unknownNames } from "../values";
import { metadataOf, profileFrom, profileNames, stateFrom } from "./properties";

/** Says whether anything changes. What changes, the engine reads from the inputs that `checkGateway` settled; nothing is decided here. */
export async function diffGateway(id: string, olds: Properties, news: Properties): Promise<DiffResult> {
  const unknown = unknownNames(news, profileNames);
  const prior = stateFrom(olds, id);
  const edited = [...editedFields(prior, profileFrom(knownOnly(news))), ...unknown];
  const metadata = hasUnknown(news.metadata) || !sameJson(prior.metadata, metadataOf(news));
  const connection = !sameJson(olds.connection ?? {}, news.connection ?? {});
  const replaces = (await movesOrganization(olds, news)) ? ["connection"] : [];
  return { changes: edited.length > 0 || metadata || connection, replaces };
}
