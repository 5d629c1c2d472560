import {
  type FindingPolicy,
  findingEntry,
  type MetadataCheck,
  originOf,
  type SeverityChoice,
  severityByCode,
} from "@mcpstack/model";
import type { IntendedUse } from "@mcpstack/oauth-metadata";
import { CommandError } from "../command/exit";
import { type DriftFormat, driftFormats } from "./command";
import type { UrlKind } from "./sources/url";

/** What commander gives; choices and defaults are settled by the definitions. */
export interface DriftOptions {
  readonly args: readonly string[];
  readonly organization?: string;
  readonly apiUrl?: string;
  readonly state?: string;
  readonly plan?: string;
  readonly pulumi?: string;
  readonly as?: UrlKind;
  readonly publicLeg: boolean;
  readonly logs: boolean;
  readonly use?: readonly string[];
  readonly failOn: "warn" | "error";
  readonly info?: boolean;
  readonly metadataCheck: MetadataCheck;
  readonly finding?: readonly string[];
  readonly trustedOrigin?: readonly string[];
  readonly caFile?: string;
  readonly allowInsecureMetadata?: boolean;
  readonly allowPrivateAddresses?: boolean;
  readonly timeLimit: number;
  readonly format: DriftFormat;
  readonly output?: string;
  readonly also?: readonly string[];
  /** True where no number is given. */
  readonly watch?: number | true;
  readonly progress: boolean;
  readonly color: boolean;
}

/** Where the profiles are read from. */
export type Input =
  | { readonly kind: "organization"; readonly gateway?: string | undefined }
  | { readonly kind: "url"; readonly url: string; readonly as?: UrlKind | undefined }
  | { readonly kind: "state" | "plan" | "pulumi"; readonly file: string };

/** One place to read from. @throws CommandError `usage` */
export function inputOf(options: DriftOptions): Input {
  const [target] = options.args;
  const files = (["state", "plan", "pulumi"] as const).flatMap((kind) => {
    const file = options[kind];
    return file === undefined ? [] : [{ kind, file }];
  });
  const [file, ...more] = files;
  if (more.length > 0 || (file && target !== undefined)) {
    throw new CommandError("usage", "Give one thing to check: a target, --state, --plan or --pulumi.");
  }
  const isUrl = target !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(target);
  if (options.as !== undefined && !isUrl)
    throw new CommandError("usage", "--as says what a URL is: give the URL as the target.");
  if (file) {
    if (options.organization !== undefined)
      throw new CommandError(
        "usage",
        `--organization has no meaning with --${file.kind}: the file names its gateways.`,
      );
    if (options.use !== undefined)
      throw new CommandError("usage", `--use needs the organization's agents, which --${file.kind} does not read.`);
    return file;
  }
  if (isUrl) return { kind: "url", url: target, as: options.as };
  return { kind: "organization", gateway: target };
}

/** @throws CommandError `usage` */
export function policyOf({ finding, metadataCheck }: DriftOptions): FindingPolicy {
  const findings: Record<string, SeverityChoice> = {};
  for (const choice of finding ?? []) {
    const [, code = "", severity = ""] = /^([^=]+)=(.*)$/s.exec(choice) ?? [];
    const parsed = severityByCode.safeParse({ [code]: severity });
    if (!parsed.success || findingEntry(code) === undefined) {
      throw new CommandError(
        "usage",
        `--finding ${JSON.stringify(choice)} is not CODE=SEVERITY with the code of a finding (docs/findings) and error, warn, info or off.`,
      );
    }
    Object.assign(findings, parsed.data);
  }
  return { metadataCheck, findings };
}

/** @throws CommandError `usage` */
export function trustedOriginsOf({ trustedOrigin }: DriftOptions): readonly string[] {
  return (trustedOrigin ?? []).map((text) => {
    if (originOf(text) === text.replace(/\/$/, "")) return text.replace(/\/$/, "");
    throw new CommandError(
      "usage",
      `--trusted-origin ${JSON.stringify(text)} is not an origin: write scheme, host and port alone, such as https://login.example.com.`,
    );
  });
}

/** @throws CommandError `usage` */
export function usesOf({ use }: DriftOptions): readonly IntendedUse[] {
  return (use ?? []).map((text) => {
    const [, agentId, rest] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const parts = rest?.split(",") ?? [];
    const origins = parts.filter((part) => part.includes("://"));
    const servers = parts.filter((part) => !part.includes("://"));
    if (agentId === undefined || origins.length > 1 || servers.length > 1 || parts.includes("")) {
      throw new CommandError(
        "usage",
        `--use ${JSON.stringify(text)} is not AGENT=SERVER, AGENT=ORIGIN or AGENT=SERVER,ORIGIN, such as agt_1=srv_1,https://app.example.com.`,
      );
    }
    return { agentId, serverId: servers[0], origin: origins[0] };
  });
}

/** A format and the file for it; standard output where there is none. */
export interface ReportOutput {
  readonly format: DriftFormat;
  readonly file?: string | undefined;
}

/** @throws CommandError `usage` */
export function outputsOf({ format, output, also }: DriftOptions): readonly ReportOutput[] {
  const further = (also ?? []).map((text): ReportOutput => {
    const [, wanted, file] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const known = driftFormats.find((one) => one === wanted);
    if (known && file !== undefined) return { format: known, file };
    throw new CommandError(
      "usage",
      `--also ${JSON.stringify(text)} is not FORMAT=FILE with one of the formats ${driftFormats.join(", ")}.`,
    );
  });
  return [{ format, file: output }, ...further];
}
