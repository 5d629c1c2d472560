import { ApiError } from "../errors/api-error";

/** An item of a list. */
export interface Listed {
  readonly id: string;
  /** Why it is certainly nothing that the list is of, as the end of a sentence. Undefined: it may be. */
  readonly foreign?: string | undefined;
}

/**
 * Fails where a list has items and each is certainly something else, or another organization's: some other list came, and says nothing of what
 * is not in it. Strangers beside own ones are no matter, and an empty list is one.
 *
 * @param kind - what the list is of: `gateways`.
 * @param what - what the list was asked, as the beginning of a sentence: `Whether the gateway gtw_1 is gone`.
 * @throws ApiError `unexpected_answer`
 */
export function assertOwnList(items: readonly Listed[], kind: string, what: string): void {
  const [first] = items;
  if (!first || !items.every(({ foreign }) => foreign !== undefined)) return;
  const count = items.length === 1 ? "one item, which is not" : `${items.length} items, none of which is`;
  throw new ApiError({
    code: "unexpected_answer",
    summary: `${what} cannot be said: the list of ${kind} has ${count} of this organization's ${kind}. ${first.id} ${first.foreign}.`,
    hint:
      "Nothing is concluded from another list. Check the credential, the organization, and what answers between here and the API; if it stays so, " +
      "look in MCP Stack what is there, and take what is gone out of the state by hand.",
  });
}
