import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { type Finding, gatewayProfile, isLoopback, parseUrl, validateGateway } from "@mcpstack/model";
import { CaFileError, discover, judge, MetadataReader, type MetadataReaderOptions } from "@mcpstack/oauth-metadata";
import type { ProviderChange, ResourceChange } from "../changes/change";
import { recordAt, stringsAt } from "../changes/values";
import { ReviewInputError } from "../inputs/input-error";
import { urlFields } from "../rules/known-trust";
import type { Preflight, PreflightChoices } from "./preflight";

/**
 * Checks planned profiles against what is published now, as drift does. Nothing in a plan is trusted to widen it: the author of a pull
 * request chooses its URLs, so private addresses, plain http and further authorities come from the command's own options only.
 */
export async function metadataPreflight(
  choices: PreflightChoices,
  connect: NonNullable<MetadataReaderOptions["connect"]> = {},
): Promise<Preflight & { close(): Promise<void> }> {
  const resolve = connect.resolve ?? systemResolve;
  const reader = readerOf({
    caFile: choices.caFile,
    allowInsecureMetadata: choices.allowInsecureMetadata,
    connect: choices.allowPrivateAddresses
      ? connect
      : { ...connect, resolve: async (hostname) => (await resolve(hostname)).filter(isPublic) },
  });
  return {
    check: async (gateway, provider) => {
      const problem = choices.allowPrivateAddresses ? undefined : privateHost(gateway);
      if (problem) return [problem];
      return checked(reader, gateway, provider);
    },
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
  if (
    validateGateway({ ...input, name: input.name ?? "-", providerType: input.providerType ?? "-" }, { isUnknown })
      .length > 0
  )
    return [];
  const profile = gatewayProfile(input);
  const discovered = await discover(reader, profile);
  const findings = judge({
    profile,
    discovered,
    trustedOrigins: stringsAt(provider?.after, "trustedOrigins"),
  });
  // What was switched off in an earlier, reviewed state stays off; what this plan switches off counts from its apply on.
  const off = recordAt(gateway.before, "findings");
  // Notes are left out: they would come with every plan.
  return findings.filter(({ code, severity }) => severity !== "info" && off[code] !== "off" && off[code] !== "info");
}

/** A profile that names a private address itself is not fetched at all. */
function privateHost({ after }: ResourceChange): Finding | undefined {
  for (const field of [...urlFields, "resource", "clientId"] as const) {
    const value = after?.[field];
    const host =
      typeof value === "string" && /^https?:/i.test(value)
        ? parseUrl(value)?.hostname.replace(/^\[|\]$/g, "")
        : undefined;
    if (host === undefined || !(isLoopback(host) || (isIP(host) > 0 && !isPublic(host)))) continue;
    return {
      code: "preflight-private-address",
      leg: "upstream",
      severity: "warn",
      path: [field],
      summary: "its published metadata was not read, because the profile names a private address",
      found: typeof value === "string" ? value : undefined,
      fix: "Run the review with --allow-private-addresses where whoever can open a pull request may reach these addresses.",
    };
  }
  return undefined;
}

async function systemResolve(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);
}

const notPublic = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  notPublic.addSubnet(network, prefix, "ipv4");
}
// Only 2000::/3 is global unicast (RFC 4291 §2.4); inside of it, what wraps IPv4 addresses or documents is left out too.
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  notPublic.addSubnet(network, prefix, "ipv6");
}

/** Whether an address is one of the public internet (IANA special-purpose registries). */
export function isPublic(address: string): boolean {
  const plain = address.replace(/%.*$/, "");
  const version = isIP(plain);
  if (version === 4) return !notPublic.check(plain, "ipv4");
  return version === 6 && globalUnicast.check(plain, "ipv6") && !notPublic.check(plain, "ipv6");
}
