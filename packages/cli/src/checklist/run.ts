import path from "node:path";
import { ApiClient, patienceOf, resolveConnection } from "@mcpstack/api-client";
import { discover, MetadataReader } from "@mcpstack/oauth-metadata";
import { CommandError, type ExitCode, exitCodes } from "../command/exit";
import type { CommandIo } from "../command/io";
import { writeResult } from "../command/write-result";
import { readOrganization } from "../drift/sources/organization";
import { checklistOf } from "./checklist";
import type { ChecklistFormat } from "./command";
import { renderChecklist } from "./render";

export interface ChecklistOptions {
  readonly args: readonly string[];
  readonly format: ChecklistFormat;
  readonly organization?: string;
  readonly apiUrl?: string;
  readonly output?: string;
  readonly metadata: boolean;
  readonly caFile?: string;
  readonly allowInsecureMetadata?: boolean;
  readonly allowPrivateAddresses?: boolean;
}

/** The command `mcpstack-iac checklist`. */
export async function runChecklist(options: ChecklistOptions, io: CommandIo): Promise<ExitCode> {
  const api = new ApiClient(resolveConnection({ apiUrl: options.apiUrl, organization: options.organization }, io.env), {
    patienceMs: patienceOf({}, io.env).retryMs,
  });
  const reader = new MetadataReader({
    caFile: options.caFile === undefined ? undefined : path.resolve(io.cwd, options.caFile),
    allowInsecureMetadata: options.allowInsecureMetadata,
    allowPrivateAddresses: options.allowPrivateAddresses,
  });
  const { signal } = io;
  try {
    const gateway = options.args[0] ?? "";
    const inventory = await readOrganization(api, { gateway, publicLeg: false, uses: [], signal });
    const [unread] = inventory.unchecked;
    if (unread) throw new CommandError("input", `${unread.subject.name ?? unread.subject.address}: ${unread.reason}`);
    const [only, ...more] = inventory.gateways;
    if (!only || more.length > 0) {
      const ids = inventory.gateways.map(({ subject }) => subject.address).join(", ");
      throw new CommandError(
        "usage",
        `${inventory.gateways.length} gateways have the name ${JSON.stringify(gateway)}: ${ids}. Give the id of one.`,
      );
    }
    const { subject, profile, servers } = only;
    const discovered = options.metadata ? await discover(reader, profile, { signal, programUrls: [] }) : undefined;
    const checklist = checklistOf({ id: subject.address, profile, servers, discovered });
    await writeResult(renderChecklist(checklist, options.format), options.output, io);
    const contradicted = checklist.items.some(({ entries }) =>
      entries.some(({ standing }) => standing === "contradicted"),
    );
    return contradicted ? exitCodes.findings : exitCodes.none;
  } finally {
    await Promise.all([reader.close(), api.close()]);
  }
}
