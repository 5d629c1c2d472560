import type { Source } from "../inventory";
import type { Report } from "../report";

/** Where the page of a code is. */
export function pageOf(code: string): string {
  return `docs/findings/${code}.md`;
}

export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const kinds: Readonly<Record<Source["kind"], string>> = {
  organization: "Organization",
  "terraform-state": "Terraform state",
  "terraform-plan": "Terraform plan",
  "pulumi-stack": "Pulumi stack",
  url: "URL",
};

/** `Organization org_petalpal`. */
export function sourceName({ kind, name }: Source): string {
  return `${kinds[kind]} ${name}`;
}

/** `1 error, 2 warnings`, or that there is nothing. */
export function counts({ summary }: Report): string {
  const parts = [
    ...(summary.error > 0 ? [plural(summary.error, "error")] : []),
    ...(summary.warn > 0 ? [plural(summary.warn, "warning")] : []),
    ...(summary.info > 0 ? [`${summary.info} worth knowing`] : []),
  ];
  return parts.length === 0 ? "nothing found" : parts.join(", ");
}

/** What was looked at, as a phrase. */
export function scopeOfCheck({ checked }: Report): string {
  const { gateways, routes, agents } = checked;
  const parts = [
    ...(gateways > 0 ? [plural(gateways, "Gateway profile")] : []),
    ...(routes > 0 ? [plural(routes, "public route")] : []),
    ...(agents > 0 ? [plural(agents, "agent")] : []),
  ];
  return parts.length === 0 ? "nothing to check" : `${parts.join(", ")} checked`;
}
