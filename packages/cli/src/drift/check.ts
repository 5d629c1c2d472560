import path from "node:path";
import { ApiClient, patienceOf, resolveConnection } from "@mcpstack/api-client";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import type { CommandIo } from "../command/io";
import { readInput } from "../command/read-file";
import { collect } from "./collect";
import type { Inventory } from "./inventory";
import { judgeCollected } from "./judge";
import { withEvents } from "./logs";
import { type DriftOptions, inputOf, policyOf, trustedOriginsOf, usesOf } from "./options";
import type { Progress } from "./progress";
import { type Report, withoutInfo } from "./report";
import { readOrganization } from "./sources/organization";
import { pulumiStack } from "./sources/pulumi";
import { terraformPlan, terraformState } from "./sources/terraform";
import { urlInventory } from "./sources/url";

/** Checks once, or again and again: what was fetched is kept between as far as HTTP caching allows. */
export interface Checker {
  check(progress: Progress): Promise<Report>;
  close(): Promise<void>;
}

/** Settles the options and opens what a check needs. @throws CommandError, ApiError, CaFileError */
export async function openChecker(options: DriftOptions, io: CommandIo): Promise<Checker> {
  const input = inputOf(options);
  const choices = { policy: policyOf(options), trustedOrigins: trustedOriginsOf(options) };
  const uses = usesOf(options);
  const api =
    input.kind === "organization"
      ? new ApiClient(resolveConnection({ apiUrl: options.apiUrl, organization: options.organization }, io.env), {
          patienceMs: patienceOf({}, io.env).retryMs,
        })
      : undefined;
  const reader = new MetadataReader({
    caFile: options.caFile === undefined ? undefined : path.resolve(io.cwd, options.caFile),
    allowInsecureMetadata: options.allowInsecureMetadata,
    allowPrivateAddresses: options.allowPrivateAddresses,
    budgetMs: options.timeLimit * 1000,
    cache: "http",
  });
  const { signal } = io;

  const inventory = async (): Promise<Inventory> => {
    if (input.kind === "url") return urlInventory(input.url, input.as, reader, signal);
    if (api) {
      const gateway = input.kind === "organization" ? input.gateway : undefined;
      return readOrganization(api, { gateway, publicLeg: options.publicLeg, uses, signal });
    }
    if (input.kind === "organization") throw new Error("an organization is read through the API");
    const read = { state: terraformState, plan: terraformPlan, pulumi: pulumiStack }[input.kind];
    const found = read(await readInput(input.file, io), input.file);
    return options.publicLeg ? found : { ...found, routes: [] };
  };

  return {
    async check(progress) {
      reader.restart();
      try {
        const collected = await collect(await inventory(), {
          reader,
          ...choices,
          signal,
          progress: progress.show,
        });
        const judged = judgeCollected(collected, choices);
        const report = options.info ? judged : withoutInfo(judged);
        return api && options.logs ? await withEvents(report, api, signal) : report;
      } finally {
        progress.clear();
      }
    },
    async close() {
      await Promise.all([reader.close(), api?.close()]);
    },
  };
}
