/** How loudly findings about published metadata may be said. */
export type MetadataCheck = "error" | "warn" | "off";

/** What a finding counts as. */
export type FindingSeverity = "error" | "warn" | "info" | "off";
