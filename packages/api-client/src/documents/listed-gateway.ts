import { isJsonObject, type ObservedProfile, type StoredField, storedFields } from "@mcpstack/model";
import { ApiError, isApiError } from "../errors/api-error";
import { assertOwnList } from "../lists/proves-absence";
import { organizationOf } from "../organization/named-organization";
import { decodeGateway, type GatewayDocument, readStoredField } from "./gateway";
import { defined, firstText, identifiedObject, type Origin } from "./parse";

/** What a list of gateways holds, as far as it can be read. */
export interface ListedGateways {
  /** Those that have an id. One that cannot be read whole is `unread`, and has what of it can be read. */
  readonly gateways: readonly GatewayDocument[];
  /** Items of which it cannot be told which gateway they are, so that the list names perhaps not all that there are. */
  readonly unidentified: readonly UnidentifiedItem[];
}

/** An item of a list without an id that can be read. */
export interface UnidentifiedItem {
  readonly name?: string;
  readonly error: ApiError;
}

/**
 * Reads items of a list of gateways. Most of them are other people's, and most questions to a list need an id and a name: what one of them has in a
 * shape that nobody knows must not keep the others from being listed. A gateway's own document is read strictly.
 */
export function decodeListedGateways(items: readonly unknown[], from: Origin): ListedGateways {
  const gateways: GatewayDocument[] = [];
  const unidentified: UnidentifiedItem[] = [];
  for (const item of items) {
    try {
      gateways.push(decodeGateway(item, from));
    } catch (error) {
      if (!isApiError(error)) throw error;
      const part = partOf(item, from, error);
      if (part) gateways.push(part);
      else unidentified.push(defined<UnidentifiedItem>({ name: nameIn(item), error }));
    }
  }
  return { gateways, unidentified };
}

/** All pages of a list as one. */
export function onePage(pages: readonly ListedGateways[]): ListedGateways {
  return {
    gateways: pages.flatMap(({ gateways }) => gateways),
    unidentified: pages.flatMap(({ unidentified }) => unidentified),
  };
}

/** What can be read of an item; undefined where it has no id. */
function partOf(item: unknown, from: Origin, unread: ApiError): GatewayDocument | undefined {
  const raw = orUndefined(() => identifiedObject(item, from, "gateway"));
  if (!raw) return undefined;
  const observed = storedFields.flatMap((field): [StoredField, unknown][] => {
    const value = orUndefined(() => readStoredField(field, raw, from));
    return value === undefined ? [] : [[field, value]];
  });
  return defined<GatewayDocument>({
    id: raw.id,
    name: firstText(raw, "name"),
    organizationId: organizationOf(raw),
    status: firstText(raw, "status"),
    observed: Object.fromEntries(observed) as ObservedProfile,
    unknownFields: {},
    unread,
    raw,
  });
}

function nameIn(item: unknown): string | undefined {
  return isJsonObject(item) ? firstText(item, "name") : undefined;
}

function orUndefined<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!isApiError(error)) throw error;
    return undefined;
  }
}

/**
 * Fails where a list does not tell that what it does not name is not there: it has items without an id, each of which may be the one that is asked
 * for, or it is not this organization's list of gateways.
 *
 * @param what - what the list was asked, as the beginning of a sentence: `Whether the gateway gtw_1 is gone`.
 * @throws ApiError `list_incomplete`, `unexpected_answer`
 */
export function assertProvesAbsence({ gateways, unidentified }: ListedGateways, what: string): void {
  const [first] = unidentified;
  if (!first) {
    assertOwnList(gateways, "gateways", what);
    return;
  }
  const { method, path, summary } = first.error;
  throw new ApiError({
    code: "list_incomplete",
    method,
    path,
    summary: `${what} cannot be said, since the list has ${unidentified.length === 1 ? "an item" : `${unidentified.length} items`} of which no id can be read. ${summary}`,
    hint: "Nothing is concluded from a part of a list. Try again; if it stays so, look in MCP Stack which gateway that is.",
  });
}
