import type { OutputFormat } from "../options";
import type { ReviewResult } from "../result";
import { renderGithubAnnotations } from "./github-annotations";
import { renderGitlab } from "./gitlab";
import { renderJson } from "./json";
import { renderMarkdown } from "./markdown";
import { renderSarif } from "./sarif";
import { renderTerminal } from "./terminal";

export interface RenderOptions {
  readonly colour: boolean;
  /** Of the Markdown. */
  readonly maxBytes: number;
  /** Version of this tool, for SARIF. */
  readonly version: string;
}

/** Writes a result in a format. Pure: the same result gives the same bytes. */
export function render(result: ReviewResult, format: OutputFormat, options: RenderOptions): string {
  switch (format) {
    case "terminal":
      return renderTerminal(result, options);
    case "markdown":
      return renderMarkdown(result, options);
    case "json":
      return renderJson(result);
    case "sarif":
      return renderSarif(result, options.version);
    case "gitlab":
      return renderGitlab(result);
    case "github":
      return renderGithubAnnotations(result);
  }
}
