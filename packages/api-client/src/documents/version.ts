import type { Received } from "../transport/judge-answer";

/** The fields by which a document may tell its version. They go back with it, as whatever nobody here knows does. */
export const versionFields: ReadonlySet<string> = new Set([
  "version",
  "etag",
  "revision",
  "rowVersion",
  "concurrencyStamp",
]);

/**
 * The version that an answer tells of what it is about: its `ETag`, as it came. Nothing is sent that the service has not answered
 * before.
 */
export function versionOf(headers: Received["headers"]): string | undefined {
  const tag = [headers.etag].flat()[0]?.trim();
  return tag !== undefined && /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(tag) ? tag : undefined;
}
