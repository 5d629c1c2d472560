import { attachmentFields, type Fields, gatewayFields, type Json, sameAsTyped, sameJson } from "@mcpstack/model";
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

/**
 * Whether what stands after the apply is written by it: at the service, or as the state of what was changed outside of the program and is
 * followed.
 */
export function isWritten(change: ResourceChange): boolean {
  const { action } = change;
  return action === "create" || action === "update" || action === "replace" || isFollowed(change);
}

/** Whether the plan leaves as it is what somebody changed outside of the program, in a field that a program can write. */
function isFollowed({ action, kind, after, drift }: ResourceChange): boolean {
  if (action !== "none" || after === undefined || drift?.after === undefined) return false;
  return Object.entries(definitions[kind]).some(
    ([name, { presence }]) =>
      presence !== "computed" && !sameJson(drift.before[name] ?? null, drift.after?.[name] ?? null),
  );
}

/** Whether there was a resource that the program goes on with, be it that it was deleted outside and is made anew. */
export function isEdited(change: ResourceChange): boolean {
  return change.before !== undefined && change.after !== undefined && isWritten(change);
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
  return plan.providers.some(({ key }) => key === providerKey) ? providerKey : withoutModule(providerKey);
}

/** The key of a module's configuration as its caller has it. */
export function withoutModule(providerKey: string): string {
  return providerKey.replace(/^.*:(?=[\w-]+(?:\.[\w-]+)?$)/, "");
}

/** The keys of instances in an address. */
export const instanceKeys = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** An address without keys of instances: that of what is written once for all of them. */
export function withoutKeys(address: string): string {
  return address.replace(instanceKeys, "");
}

/** The gateway's name as people know it, for sentences. */
export function nameOf(change: ResourceChange): string {
  if (change.sensitive.has("name")) return change.label;
  return stringAt(change.after, "name") ?? stringAt(change.before, "name") ?? change.label;
}
