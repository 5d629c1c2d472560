import { type Json, type JsonObject, plainName } from "@mcpstack/model";
import type { Organization } from "../documents/organization";
import { firstText, isObject } from "../documents/parse";

/** What documents call the id of their organization, its slug, and what holds it or any of its names; in plain letters. */
const idNames = ["organizationid", "orgid", "ownerorganizationid", "ownerorgid"];
const slugNames = ["organizationslug", "orgslug"];
const holders = ["organization", "org"];
/** The same within what holds it. */
const idsWithin = ["id", "oid", "href", "self", ...idNames];
const slugsWithin = ["slug", ...slugNames];
/** What may be wrapped around it. */
const wrappers = ["data", "organization", "org"];
const deepest = 3;

/** How a document names an organization, as it writes it. */
interface Named {
  /** Ids, or paths and addresses that end in one. */
  readonly ids: readonly string[];
  readonly slugs: readonly string[];
  /** What may be an id, a slug or a name. */
  readonly names: readonly string[];
}

/** The organization that a credential works in, and what its list says of the others. */
export interface KnownOrganization extends Pick<Organization, "id"> {
  /** Undefined where it is not known. */
  readonly slug?: string | undefined;
  /** Ids and slugs of the others that the credential sees. Default: none. */
  readonly others?: readonly string[] | undefined;
}

/** The organization that a document names, as it writes it; undefined where it names none. */
export function organizationOf(raw: JsonObject): string | undefined {
  const { ids, slugs, names } = namedIn(raw);
  return ids[0] ?? slugs[0] ?? names[0];
}

/**
 * Whether a document certainly names another organization than that one: by the id or the slug of one that the credential's list knows, by another
 * slug, or by what has the form of its id and is another. It may write it as a path or an address, and beside ids of its own that mean nothing here. A
 * name says nothing: there are legal ones, short ones and websites. False where the document names none.
 */
export function isOfAnother(raw: JsonObject, { id, slug, others = [] }: KnownOrganization): boolean {
  const { ids, slugs, names } = namedIn(raw);
  const isOwn = (text: string) => [id, slug].some((own) => own !== undefined && same(own, lastNameIn(text)));
  const isOther = (text: string) => {
    const last = lastNameIn(text);
    return others.some((other) => same(other, last)) || isOfSameForm(id, last);
  };
  const certain = [...ids, ...slugs];
  if (certain.some(isOwn)) return false;
  if (certain.some(isOther) || (slug !== undefined && slugs.length > 0)) return true;
  return !names.some(isOwn) && names.some(isOther);
}

function namedIn(raw: JsonObject): Named {
  const found = { ids: [] as string[], slugs: [] as string[], names: [] as string[] };
  for (const [name, value] of Object.entries(raw)) {
    const plain = plainName(name);
    if (idNames.includes(plain)) collect(value, found, found.ids);
    else if (slugNames.includes(plain)) collect(value, found, found.slugs);
    else if (holders.includes(plain)) collect(value, found, found.names);
  }
  return found;
}

type Found = { readonly [Kind in keyof Named]: string[] };

/** Takes what a value names: texts are of that kind, and objects tell which by their fields. */
function collect(value: Json | undefined, found: Found, kind: string[], depth = 0): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found, kind, depth + 1);
  } else if (isObject(value)) {
    for (const [name, part] of Object.entries(value)) {
      const plain = plainName(name);
      if (idsWithin.includes(plain)) collect(part, found, found.ids, depth + 1);
      else if (slugsWithin.includes(plain)) collect(part, found, found.slugs, depth + 1);
      else if (plain === "name" || wrappers.includes(plain)) collect(part, found, found.names, depth + 1);
    }
  } else {
    const text = value === undefined ? undefined : firstText({ value }, "value");
    if (text !== undefined) kind.push(text);
  }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const number = /^\d+$/;
const random = /^(?=.*\d)[0-9a-z]{16,}$/i;

/** Whether a text is just the kind of text that an id is: a UUID, a number, or with the same prefix, as `org_1` and `org_2` are. */
function isOfSameForm(id: string, text: string): boolean {
  const prefix = /^[a-z][a-z0-9]*[_:]/i.exec(id)?.[0];
  if (prefix !== undefined) return new RegExp(`^${prefix}[\\w-]+$`, "i").test(text);
  if ([uuid, number].some((form) => form.test(id) && form.test(text))) return true;
  return random.test(id) && random.test(text) && id.length === text.length;
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
