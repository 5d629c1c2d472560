import type { JsonObject } from "@mcpstack/model";
import type { Organization } from "../documents/organization";
import { firstText, isObject } from "../documents/parse";

/** What documents call the id, or the slug, of their organization. */
const idNames = [
  ...["organizationId", "organization_id", "orgId", "org_id"],
  ...["organizationSlug", "organization_slug", "orgSlug", "org_slug"],
];
/** What holds an organization, or any of its names. */
const names = ["organization", "org"];

/** How a document names an organization. */
interface Named {
  /** Ids and slugs, as they are written. */
  readonly ids: readonly string[];
  /** What may be a name as well. */
  readonly names: readonly string[];
}

/** The organization that a document names, as it writes it; undefined where it names none. */
export function organizationOf(raw: JsonObject): string | undefined {
  const named = namedIn(raw);
  return named.ids[0] ?? named.names[0];
}

/**
 * Whether a document names another organization than that one. It may write it as a path or an address, and by its id, slug or name; a name says
 * nothing beside an id or a slug, or where the name of the one is not known. False where the document names none.
 */
export function isOfAnother(raw: JsonObject, { id, slug, name }: Pick<Organization, "id" | "slug" | "name">): boolean {
  const named = namedIn(raw);
  const isOwn = (text: string) => [id, slug].some((one) => one !== undefined && same(one, lastNameIn(text)));
  if (named.ids.length > 0) return !named.ids.some(isOwn);
  if (named.names.length === 0 || named.names.some(isOwn)) return false;
  return name !== undefined && !named.names.some((one) => same(one, name));
}

function namedIn(raw: JsonObject): Named {
  const held = names.map((name) => raw[name]).filter(isObject);
  const own = (from: JsonObject, of: readonly string[]) => of.flatMap((name) => firstText(from, name) ?? []);
  return {
    ids: [...own(raw, idNames), ...held.flatMap((one) => own(one, ["id", "slug", ...idNames]))],
    names: [...own(raw, names), ...held.flatMap((one) => own(one, ["name"]))],
  };
}

/** `organizations/org_1`, `/orgs/org_1/gateways` and an address that ends so name `org_1`. */
function lastNameIn(text: string): string {
  const path = text
    .trim()
    .replace(/[?#].*$/, "")
    .replace(/\/+$/, "");
  const below = /(?:^|[/:])(?:organi[sz]ations?|orgs?)[/:]([^/:]+)/i.exec(path)?.[1];
  return decoded(below ?? path.slice(path.lastIndexOf("/") + 1));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
