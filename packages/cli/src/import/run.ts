import path from "node:path";
import { ApiClient, assertProvesAbsence, patienceOf, resolveConnection } from "@mcpstack/api-client";
import type { AttachmentState, GatewayProfile } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { findGateway, importAttachment, importGateway, Run } from "@mcpstack/reconciler";
import { type ExitCode, exitCodes } from "../command/exit";
import type { CommandIo } from "../command/io";
import { writeResult } from "../command/write-result";
import type { ImportTarget } from "./command";
import type { Existing, ExistingAttachment } from "./existing";
import { uniqueLabels, variableOf } from "./labels";
import { writeTerraform } from "./write/hcl";
import { writeCdktf, writePulumi } from "./write/typescript";

export interface ImportOptions {
  readonly args: readonly string[];
  readonly to: ImportTarget;
  readonly organization?: string;
  readonly apiUrl?: string;
  readonly output?: string;
  readonly metadata: boolean;
  readonly caFile?: string;
  readonly allowInsecureMetadata?: boolean;
  readonly allowPrivateAddresses?: boolean;
}

const writers: Readonly<Record<ImportTarget, (existing: Existing) => string>> = {
  terraform: writeTerraform,
  cdktf: writeCdktf,
  pulumi: writePulumi,
};

/** The command `mcpstack-iac import`. */
export async function runImport(options: ImportOptions, io: CommandIo): Promise<ExitCode> {
  const api = new ApiClient(resolveConnection({ apiUrl: options.apiUrl, organization: options.organization }, io.env), {
    patienceMs: patienceOf({}, io.env).retryMs,
  });
  const metadata = new MetadataReader({
    caFile: options.caFile === undefined ? undefined : path.resolve(io.cwd, options.caFile),
    allowInsecureMetadata: options.allowInsecureMetadata,
    allowPrivateAddresses: options.allowPrivateAddresses,
  });
  const run = new Run({ api, metadata, policy: { metadataCheck: options.metadata ? "warn" : "off" } });
  try {
    const existing = await readExisting(run, options.args, io.signal);
    await writeResult(writers[options.to](existing), options.output, io);
    return exitCodes.none;
  } finally {
    await Promise.all([api.close(), metadata.close()]);
  }
}

async function readExisting(run: Run, wanted: readonly string[], signal: AbortSignal): Promise<Existing> {
  const call = { signal };
  const ids =
    wanted.length === 0
      ? await allIds(run, call)
      : await Promise.all(wanted.map(async (one) => (await findGateway(run, one, call)).id));
  const [states, servers] = await Promise.all([
    Promise.all([...new Set(ids)].map(async (id) => (await importGateway(run, id, call)).state)),
    run.api.listServers(call),
  ]);
  const taken = new Set(states.map(({ id }) => id));
  const attached = await Promise.all(
    servers.map(async ({ id, slug, name }) => {
      const attachment = await run.reads.attachment(id, call);
      if (!attachment) await run.reads.assertUnlisted([id, slug], [...taken], call);
      if (!attachment || !taken.has(attachment.gatewayId)) return [];
      return [{ state: await importAttachment(run, id, call), name: slug ?? name ?? id }];
    }),
  );
  return named(await run.api.organizationId(call), states, attached.flat());
}

async function allIds(run: Run, call: { readonly signal: AbortSignal }): Promise<string[]> {
  const listed = await run.api.listGateways(call);
  assertProvesAbsence(listed, "Which gateways there are");
  return listed.gateways.map(({ id }) => id);
}

/** Gives everything its name in the program. Gateways and attachments are variables of one scope in TypeScript. */
function named(
  organization: string,
  states: readonly (GatewayProfile & { readonly id: string })[],
  attached: readonly { readonly state: AttachmentState; readonly name: string }[],
): Existing {
  const labels = uniqueLabels(
    states.map(({ name }) => name),
    "gateway",
  );
  const gateways = states.map((profile, at) => ({ id: profile.id, label: labels[at] ?? "gateway", profile }));
  const attachmentLabels = uniqueLabels(
    attached.map(({ name }) => name),
    "server",
    new Set(labels.map(variableOf)),
  );
  return {
    organization,
    gateways,
    attachments: attached.map(
      ({ state, name }, at): ExistingAttachment => ({
        state,
        serverName: name,
        label: attachmentLabels[at] ?? "server",
        gatewayLabel: gateways.find(({ id }) => id === state.gatewayId)?.label,
      }),
    ),
  };
}
