import { validateNewGateway } from "@mcpstack/model";
import { publishedMetadata } from "@mcpstack/reconciler";
import type { GetOAuthMetadataArgs, GetOAuthMetadataResult } from "../../functions/get-oauth-metadata";
import type { Operation } from "../connection/operation";
import { inPulumisWords } from "../engine/failure";
import { definedOnly } from "../values";
import { refuse } from "./refuse";

export async function getOAuthMetadata(
  operation: Operation,
  args: GetOAuthMetadataArgs,
): Promise<GetOAuthMetadataResult> {
  refuse(validateNewGateway({ name: "look-up", providerType: "manual", ...args }));
  const { url, metadata, findings } = await publishedMetadata(operation, args);
  return definedOnly({
    ...metadata,
    url,
    findings: findings.map(({ code, severity, summary, fix }) => ({
      code,
      severity,
      summary: inPulumisWords(summary),
      fix: inPulumisWords(fix),
    })),
  }) as unknown as GetOAuthMetadataResult;
}
