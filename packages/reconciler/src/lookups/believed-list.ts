import { isApiError } from "@mcpstack/api-client";

/**
 * Reads a list of an organization. Where it is answered 404, it is the organization that is not there for this credential, and nothing
 * is known about what the list would have held.
 *
 * @throws ApiError, never `not_found`
 */
export async function believedList<Listed>(list: () => Promise<Listed>): Promise<Listed> {
  try {
    return await list();
  } catch (error) {
    if (!isApiError(error, "not_found")) throw error;
    throw error.with({
      code: "organization_not_found",
      summary: `What the organization has cannot be said: its list was answered ${error.status ?? 404}.`,
      hint: "The credential or the organization is probably a wrong one.",
    });
  }
}
