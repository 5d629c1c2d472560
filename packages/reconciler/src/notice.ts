/** Everything that an operation says beside its result. */
export const noticeCodes = [
  "credential_refused",
  "gateway_exists",
  "already_attached",
  "already_attached_here",
  "attachment_taken_over",
  "attachment_handed_over",
  "attachment_kept",
  "attachment_not_ours",
  "gateway_destroyed_first",
  "slug_of_another_server",
  "not_refreshed",
  "settings_not_shown",
  "settings_not_dropped",
  "not_confirmed",
] as const;
export type NoticeCode = (typeof noticeCodes)[number];

/** Something that a person must hear of, with a stable code and the configured field that it is about. */
export interface Notice {
  readonly code: NoticeCode;
  /** An error keeps a plan from being applied. */
  readonly severity: "warning" | "error";
  readonly message: string;
  readonly path: readonly string[];
}

/** Takes notices in. Default where it is optional: nobody listens. */
export type Hear = (notice: Notice) => void;
