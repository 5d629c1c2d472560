import { z } from "zod";

/** What a finding may count as. */
export const severityChoice = z.enum(["error", "warn", "info", "off"], {
  error: 'must be "error", "warn", "info" or "off"',
});

const patterns = (what: string) =>
  z.array(z.string({ error: "must be a text" }).min(1, { error: "must not be empty" })).describe(what);

/** Without its scheme none would ever stand for a URL. */
const addresses = (what: string) =>
  z
    .array(
      z
        .string({ error: "must be a text" })
        .min(1, { error: "must not be empty", abort: true })
        .regex(/^[A-Za-z*][A-Za-z0-9+.*-]*:\/\//, {
          error: ({ input }) =>
            `must begin with a scheme: write ${JSON.stringify(`https://${String(input).slice(0, 80)}`)}`,
        }),
    )
    .describe(what);

const star = "`*` stands for any text without `/ ? # @` and spaces.";

const environment = z
  .strictObject({
    issuers: addresses(
      `Authorization server URLs that gateways may use. Without a \`*\`, a trailing slash, the case of the host and the default port make no difference. ${star}`,
    ).optional(),
    endpoint_origins: addresses(
      `Origins of explicit endpoints and metadata URLs, beside the origin of the gateway's own authorization server URL. Only looked at where \`issuers\` is given. ${star}`,
    ).optional(),
    audiences: patterns(`Resources (audiences) that gateways may name. ${star}`).optional(),
    clients: patterns(`Client ids that gateways may sign users in with. ${star}`).optional(),
    scopes: patterns(`Scopes that gateways may ask for. ${star}`).optional(),
    trusted_origins: addresses(
      `Origins that \`trusted_origins\` may hold, of gateways and of the provider. An empty list allows none. ${star}`,
    ).optional(),
    settings_origins: patterns(
      `Origins of addresses that \`settings\` may name under names that say nothing of sign-in. With this list, any other that the gateway did not use before is an error, without it a warning. A host that \`settings\` has without a scheme may stand here so, too. ${star}`,
    ).optional(),
    api_urls: addresses(`Addresses of the API that the provider may name. ${star}`).optional(),
    organizations: patterns(`Organizations whose gateways may be written. ${star}`).optional(),
    ca_files: patterns("Files that `ca_file` may name. An empty list allows none.").optional(),
    insecure_metadata: z
      .literal(false, { error: "must be false" })
      .describe(
        "Whether metadata may be fetched over plain http. Without this key, that it becomes allowed is a finding.",
      )
      .optional(),
    findings: z
      .record(z.string(), z.enum(["error", "warn", "info"], { error: 'must be "error", "warn" or "info"' }))
      .describe("The least severity that `findings` may give a finding, by its code, of gateways and of the provider.")
      .optional(),
    metadata_check: z
      .enum(["error", "warn"], { error: 'must be "error" or "warn"' })
      .describe("The lowest `metadata_check` that a gateway or a provider may have, the default (`warn`) included.")
      .optional(),
  })
  .describe("What gateways of an environment may hold. What is left out is not limited.");

const exception = z
  .strictObject({
    code: z.string({ error: "must be the code of a finding" }).describe("The code of the finding that is excused."),
    address: z
      .string({ error: "must be the address of a resource" })
      .min(1, { error: "must not be empty" })
      .describe("The address of the resource, as the review prints it. `*` stands for any text."),
    after: z.string().describe("If given, only this new value is excused.").optional(),
    reason: z
      .string({ error: "must say why" })
      .min(10, { error: "must say why, in at least 10 characters" })
      .describe("Why this is right. It is printed with the excused finding."),
    until: z
      .string({ error: "must be a date such as 2026-12-31" })
      .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "must be a date such as 2026-12-31" })
      .refine((date) => !Number.isNaN(Date.parse(`${date}T00:00:00Z`)), { error: "must be a date of the calendar" })
      .describe("The last day (UTC) on which it holds."),
  })
  .describe("A finding that is excused until a date. It is still listed, but counts as nothing.");

const noPolicy = ({ code, input }: { readonly code?: string; readonly input?: unknown }) =>
  code !== "invalid_type"
    ? undefined
    : (input ?? null) === null
      ? "must not be empty: write `version: 1`, and below it what is to hold"
      : "must be keys with values: begin with `version: 1`";

/** `mcpstack-review.yaml`. The published JSON Schema is generated from this. */
export const policySchema = z
  .strictObject(
    {
      version: z.literal(1, { error: "must be 1" }).describe("Version of this file's format."),
      severity: z
        .record(z.string(), severityChoice)
        .describe("What findings count as, by code. Codes are listed in codes.md and under docs/findings.")
        .optional(),
      default: environment.describe("Holds for every environment.").optional(),
      environments: z
        .record(z.string().min(1), environment)
        .describe(
          "By the name that --environment gives. What is written here takes the place of the same key under `default`.",
        )
        .optional(),
      exceptions: z.array(exception).optional(),
    },
    { error: noPolicy },
  )
  .describe("Policy of mcpstack-iac review");

export type Policy = z.infer<typeof policySchema>;
export type PolicyEnvironment = z.infer<typeof environment>;
export type PolicyException = z.infer<typeof exception>;

export const emptyPolicy: Policy = { version: 1 };
