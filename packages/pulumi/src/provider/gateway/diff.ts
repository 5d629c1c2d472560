import { editedFields, sameJson } from "@mcpstack/model";
import { asWritten } from "@mcpstack/reconciler";
import { movesOrganization } from "../connection/moves";
import { connectionValues } from "../connection/validate";
import type { DiffResult } from "../engine/contract";
import { hasUnknown, knownOnly, type Properties, unknownNames } from "../values";
import { memoryFrom, metadataOf, profileFrom, profileNames, stateFrom } from "./properties";

/** Says whether anything changes. What changes, the engine reads from the inputs that `checkGateway` settled; nothing is decided here. */
export async function diffGateway(id: string, olds: Properties, news: Properties): Promise<DiffResult> {
  const unknown = unknownNames(news, profileNames);
  const prior = stateFrom(olds, id);
  const desired = profileFrom(knownOnly(news));
  // What a refresh found and the program now says is remembered as the program's own by an update alone, although no input changes.
  const takenOver = editedFields(asWritten(prior, memoryFrom(olds)), desired);
  const edited = [...editedFields(prior, desired), ...takenOver, ...unknown];
  const metadata = hasUnknown(news.metadata) || !sameJson(prior.metadata, metadataOf(news));
  const connection = !sameJson(connectionValues(olds.connection), connectionValues(news.connection));
  const replaces = (await movesOrganization(olds, news)) ? ["connection"] : [];
  return { changes: edited.length > 0 || metadata || connection, replaces };
}
