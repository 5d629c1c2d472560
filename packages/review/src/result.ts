import { z } from "zod";
import { reviewFinding } from "./finding";

const side = z.strictObject({
  issuer: z.string().optional(),
  servers: z.array(z.string()),
});

const routeSide = z.strictObject({
  gateway: z.string().optional().describe("Address of the gateway, or its id where it is not in the plan."),
  issuer: z.string().optional(),
  metadataUrl: z.string().optional(),
  authorizationEndpoint: z.string().optional(),
  tokenEndpoint: z.string().optional(),
  registrationEndpoint: z.string().optional(),
  jwksUri: z.string().optional().describe("Key set, as far as an apply has accepted one."),
  audience: z.string().optional(),
  clientId: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  publicId: z.string().optional(),
  organization: z.string().optional(),
  api: z.string().optional().describe("Address of the API, where the provider names one."),
  unknown: z.array(z.string()).describe("What of these is not in the input; `gateway` for all of it."),
});

/** What a review has found. The JSON output is exactly this; its published schema is generated from here. */
export const reviewResult = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1).describe("Version of this format. Keys may be added within a version."),
  input: z.strictObject({
    name: z.string(),
    label: z.string().optional().describe("What the review is called, where a change has several (`--name`)."),
    frontEnd: z.enum(["terraform", "pulumi", "cdktf"]),
    engine: z.string().describe("Such as `Terraform 1.11.4`; empty where the input does not say."),
    resources: z.number().int().describe("Resources of every kind that the input mentions."),
  }),
  summary: z.strictObject({
    error: z.number().int(),
    warn: z.number().int(),
    info: z.number().int(),
    excused: z.number().int(),
    gateways: z.number().int().describe("Gateways that the plan changes."),
    attachments: z.number().int().describe("Attachments that the plan changes."),
    providers: z.number().int().describe("Provider configurations with a finding."),
  }),
  findings: z.array(reviewFinding).describe("The severest first, then by address and code."),
  excused: z
    .array(z.strictObject({ finding: reviewFinding, reason: z.string(), until: z.string() }))
    .describe("Findings that an exception of the policy excuses."),
  gateways: z
    .array(
      z.strictObject({
        address: z.string(),
        label: z.string(),
        name: z.string(),
        action: z.enum(["none", "create", "update", "replace", "delete", "forget"]),
        before: side.optional(),
        after: side.optional(),
      }),
    )
    .describe("Gateways that the plan touches, or whose servers it changes."),
  routes: z
    .array(z.strictObject({ server: z.string(), before: routeSide.optional(), after: routeSide.optional() }))
    .describe(
      "Every server of the plan: where its users sign in, for whom and with what rights. Absent side: no route. Never a secret.",
    ),
  blastRadius: z
    .enum(["api", "plan"])
    .describe("Whether servers and grants were asked of the API, or only what the plan itself shows is known."),
  preflight: z.enum(["done", "off"]).describe("Whether the planned metadata was fetched and checked."),
  notes: z.array(z.string()).describe("What could not be told, one sentence each."),
});

export type ReviewResult = z.infer<typeof reviewResult>;
