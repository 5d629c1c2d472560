import type { JsonObject } from "@mcpstack/model";
import { defined, firstText, identifiedObject, type Origin } from "./parse";

export interface Organization {
  readonly id: string;
  readonly slug?: string;
  readonly name?: string;
  readonly raw: JsonObject;
}

export function decodeOrganization(value: unknown, from: Origin): Organization {
  const raw = identifiedObject(value, from, "organization");
  return defined<Organization>({ id: raw.id, slug: firstText(raw, "slug"), name: firstText(raw, "name"), raw });
}
