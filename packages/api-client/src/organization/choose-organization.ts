import type { Credential } from "../connection/settle-connection";
import type { Organization } from "../documents/organization";
import { ApiError } from "../errors/api-error";
import type { Secrets } from "../secrets/secrets";
import { serverWords } from "../secrets/server-words";

/**
 * The organization to work in: the configured one by id or slug, or the first one where none is configured
 * (the product's client does the same).
 *
 * @throws ApiError `organization_not_found`, naming what the credential sees.
 */
export function chooseOrganization(
  configured: string | undefined,
  visible: readonly Organization[],
  credential: Pick<Credential, "source">,
  secrets: Secrets,
): Organization {
  if (configured === undefined) {
    const first = visible[0];
    if (first) return first;
    throw new ApiError({
      code: "organization_not_found",
      summary: `The credential in ${credential.source} sees no organization.`,
      hint: "Use a credential of a member of the organization, or name the organization (argument organization, or MCPSTACK_ORG_ID).",
    });
  }
  const found = visible.find(({ id }) => id === configured) ?? visible.find(({ slug }) => slug === configured);
  if (found) return found;
  const names = visible
    .slice(0, 10)
    .map(({ id, slug }) => serverWords(slug === undefined ? id : `${id} (${slug})`, secrets));
  const rest = visible.length > names.length ? `, and ${visible.length - names.length} more` : "";
  throw new ApiError({
    code: "organization_not_found",
    summary:
      // Whoever sets the wrong variable may have set the credential.
      `The organization ${JSON.stringify(secrets.hide(configured))} is not among those that the credential in ${credential.source} sees: ` +
      `${names.length === 0 ? "it sees none" : names.join(", ")}${rest}.`,
    hint: "Correct the organization, or use a credential for it. Nothing was changed.",
  });
}
