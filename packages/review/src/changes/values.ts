import { attachmentFields, type Fields, gatewayFields, type Json, sameAsTyped } from "@mcpstack/model";
import type { PlanChanges, ProviderChange, ResourceChange, Values } from "./change";

/** A field's text; undefined for what is absent or, in a damaged input, of another type. */
export function stringAt(values: Values | undefined, field: string): string | undefined {
  const value = values?.[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A field's texts; empty for what is absent. */
export function stringsAt(values: Values | undefined, field: string): readonly string[] {
  const value = values?.[field];
  return Array.isArray(value) ? [...new Set(value.filter((element) => typeof element === "string"))].sort() : [];
}

/** A field's object; empty for what is absent. */
export function recordAt(values: Values | undefined, field: string): Readonly<Record<string, Json>> {
  const value = values?.[field];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}

/** Whether the resource exists after the apply and is touched by it. */
export function isWritten({ action }: ResourceChange): boolean {
  return action === "create" || action === "update" || action === "replace";
}

/** Whether there was a resource that the program goes on with. */
export function isEdited({ action, before, after }: ResourceChange): boolean {
  return before !== undefined && after !== undefined && (action === "update" || action === "replace");
}

const definitions: Readonly<Record<ResourceChange["kind"], Fields>> = {
  gateway: gatewayFields,
  attachment: attachmentFields,
};

/** Whether a field's known value changes, as typed. What is unknown is told by a rule of its own. */
export function isChanged(change: ResourceChange, field: string): boolean {
  if (!isEdited(change) || change.unknown.has(field)) return false;
  const definition = definitions[change.kind][field];
  return definition !== undefined && !sameAsTyped(definition, change.before?.[field], change.after?.[field]);
}

/** The provider configuration that a resource is written with. A module without one of its own has its caller's. */
export function providerOf(plan: PlanChanges, of: Pick<ResourceChange, "providerKey">): ProviderChange | undefined {
  const configured = configuredKey(plan, of);
  return (
    plan.providers.find(({ key, address }) => key === configured && address === undefined) ??
    plan.providers.find(({ key }) => key === configured)
  );
}

/** The key of that configuration. */
export function configuredKey(
  plan: Pick<PlanChanges, "providers">,
  { providerKey }: Pick<ResourceChange, "providerKey">,
): string {
  return plan.providers.some(({ key }) => key === providerKey)
    ? providerKey
    : providerKey.replace(/^.*:(?=[\w-]+(?:\.[\w-]+)?$)/, "");
}

/** The gateway's name as people know it, for sentences. */
export function nameOf(change: ResourceChange): string {
  if (change.sensitive.has("name")) return change.label;
  return stringAt(change.after, "name") ?? stringAt(change.before, "name") ?? change.label;
}
