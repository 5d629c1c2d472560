import { type Finding, gatewayProfile, validateEdits, validateGateway } from "@mcpstack/model";
import { CaFileError, discover, judge, MetadataReader, type MetadataReaderOptions } from "@mcpstack/oauth-metadata";
import type { ProviderChange, ResourceChange } from "../changes/change";
import { recordAt, stringsAt } from "../changes/values";
import { ReviewInputError } from "../inputs/input-error";
import type { Preflight, PreflightChoices } from "./preflight";

/**
 * Checks planned profiles against what is published now, as drift does. Nothing in a plan is trusted to widen it: the author of a pull
 * request chooses its URLs, so private addresses, plain http and further authorities come from the command's own options only.
 */
export async function metadataPreflight(
  choices: PreflightChoices,
  connect: NonNullable<MetadataReaderOptions["connect"]> = {},
): Promise<Preflight & { close(): Promise<void> }> {
  const reader = readerOf({ ...choices, connect });
  return {
    check: (gateway, provider) => checked(reader, gateway, provider),
    close: () => reader.close(),
  };
}

function readerOf(options: MetadataReaderOptions): MetadataReader {
  try {
    return new MetadataReader(options);
  } catch (error) {
    if (error instanceof CaFileError) throw new ReviewInputError("option-invalid", `--ca-file ${error.message}`);
    throw error;
  }
}

async function checked(
  reader: MetadataReader,
  gateway: ResourceChange,
  provider: ProviderChange | undefined,
): Promise<Finding[]> {
  const input = gateway.after ?? {};
  // What the engines refuse anyway is not sent anywhere.
  const isUnknown = (value: unknown) => value === undefined;
  const named = { ...input, name: input.name ?? "-", providerType: input.providerType ?? "-" };
  const held = gateway.before === undefined ? [] : [gateway.before];
  if ([...validateGateway(named, { isUnknown }), ...validateEdits(named, held, { isUnknown })].length > 0) return [];
  const profile = gatewayProfile(input);
  const discovered = await discover(reader, profile, { programUrls: [] });
  const findings = judge({
    profile,
    ...(isUnknown(input.clientId) ? { unknown: ["clientId" as const] } : {}),
    discovered,
    trustedOrigins: stringsAt(provider?.after, "trustedOrigins"),
  });
  // What was switched off in an earlier, reviewed state stays off; what this plan switches off counts from its apply on.
  const off = recordAt(gateway.before, "findings");
  // Notes are left out: they would come with every plan.
  return findings
    .filter(({ code, severity }) => severity !== "info" && off[code] !== "off" && off[code] !== "info")
    .map((finding) => (finding.code === "private-address" ? { ...finding, fix: howAReviewAllows } : finding));
}

/** That the plan names it is no reason: its author does. */
const howAReviewAllows =
  "Run the review with --allow-private-addresses where whoever can open a pull request may reach these addresses.";
