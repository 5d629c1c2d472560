import type { JsonObject } from "@mcpstack/model";
import { ApiError } from "../errors/api-error";

/** One request to the API. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the API's base address, beginning with `/`, every segment encoded. */
  readonly path: string;
  readonly query?: string | undefined;
  readonly body?: JsonObject | undefined;
  /** The version that the write is made for, as the service told it (`If-Match`, RFC 9110 §13.1.1). Default: none. */
  readonly version?: string | undefined;
  /** What of the body no output may hold. The answer is read without it. */
  readonly writeOnly?: JsonObject | undefined;
  /** Whether the service knows secrets that this process does not, so that none of its words can be shown. */
  readonly wordless?: boolean | undefined;
  /** Asked before each repeat of a write: see `RepeatOptions`. */
  readonly beforeRepeat?: BeforeRepeat | undefined;
}

/** Looks again. It gives what to send now, where that is something else, and throws where nothing is to be sent any more. */
export type BeforeRepeat = () => Promise<Pick<Call, "body" | "version"> | undefined>;

/** What a caller may say about the repeats of a write. */
export interface RepeatOptions {
  /**
   * A try that failed may have waited for a minute, in which others write, too: what was true before the first try is looked at anew before
   * each further one. What it throws ends the call; an `ApiError` says then that the write may have happened, where it may.
   */
  readonly beforeRepeat?: BeforeRepeat | undefined;
}

/** What a caller may say about one call. */
export interface CallOptions {
  /** Aborts the call, its retries and its waits. */
  readonly signal?: AbortSignal | undefined;
}

/** What a caller may say about the read of a document. */
export interface ReadOptions extends CallOptions {
  /**
   * Give the document of a thing that has an error of its own, with its `failure`: enough to know what and whose it is, and nothing to build a
   * write on. A flag beside it is an error all the same where the method does not say otherwise. Default: false, it is an error.
   */
  readonly mayHaveError?: boolean | undefined;
}

/** What a caller may say about a delete. */
export interface DeleteOptions extends CallOptions, RepeatOptions {
  /** The version that is to be deleted. Default: any. */
  readonly version?: string | undefined;
  /** The service was once given what this process does not know, so no error repeats its words. */
  readonly wordless?: boolean | undefined;
}

/** What a caller may say about a write. */
export interface WriteOptions extends CallOptions, RepeatOptions {
  /** What of the document no output may hold. From then on no error, event or answer to the write repeats it. */
  readonly writeOnly?: JsonObject | undefined;
  /** The version that the write is made for, where the service told one. Default: any. */
  readonly version?: string | undefined;
}

/** One path segment of a name that came from outside. Dots alone would change the path they stand in. */
export function segment(name: string, what: string): string {
  if (name === "" || name === "." || name === "..") {
    throw new ApiError({ code: "invalid", summary: `${JSON.stringify(name)} cannot be the id of ${what}.` });
  }
  return encodeURIComponent(name);
}
