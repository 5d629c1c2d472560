import type { ValueObject } from "@mcpstack/tfplugin";

/** The organization that an identity names; empty where it names none, which is any. */
export function organizationOf(identity: ValueObject | undefined): string {
  return typeof identity?.organization_id === "string" ? identity.organization_id : "";
}
