import { z } from "zod";
import { severityByCode } from "../findings/finding";
import { defaultApiUrl } from "../public-route";
import type { Field } from "./field";
import { origin, text, url } from "./values";

/** How loudly findings about metadata may be said. It caps a finding's severity and never raises it. */
export const metadataCheck = z.enum(["error", "warn", "off"], {
  error: 'must be "error", "warn" or "off"',
});
export type MetadataCheck = z.infer<typeof metadataCheck>;

export const metadataCheckField: Field = {
  type: "string",
  description:
    'How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from writing, but never ' +
    'stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says anything. It caps severity and never raises it.',
  presence: "optional",
  meaning: "exact",
  schema: metadataCheck,
  example: "warn",
};

export const trustedOriginsField: Field = {
  type: "stringSet",
  description:
    "Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside those that the " +
    "gateway's own URLs name and those that were accepted in the same role. A move to any other origin is never accepted by an apply.",
  presence: "optional",
  meaning: "set",
  schema: z.array(origin),
  example: ["https://login.example.com"],
};

export const findingsField: Field = {
  type: "stringMap",
  description:
    'What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings. ' +
    "`metadata_check` still caps the result.",
  presence: "optional",
  meaning: "exact",
  schema: severityByCode,
};

/** A time, in seconds, that a person chooses: an hour at most. */
const range = { error: "must be from 0 to 3600 seconds" };
const seconds = z
  .number({ error: "must be a number of seconds" })
  .int({ error: "must be a whole number of seconds" })
  .min(0, range)
  .max(3600, range);

/** The provider's configuration: which API, whose organization, and what is trusted. */
export const connectionFields = {
  apiUrl: {
    type: "string",
    description:
      "Base address of the MCP Stack API. Default: the environment variable `MCPSTACK_API_URL` or `AGENETIX_API_URL`, whichever set of " +
      `variables counts, else \`${defaultApiUrl}\`.`,
    presence: "optional",
    meaning: "url",
    schema: url({ query: "refused", insecure: "refused" }),
    example: defaultApiUrl,
  },
  organization: {
    type: "string",
    description:
      "Id or slug of the organization that owns the gateways. Default: the environment variable `MCPSTACK_ORG_ID` or `AGENETIX_ORG_ID`, " +
      "of the set that the address comes from, else the first organization that the credential can see.",
    presence: "optional",
    meaning: "exact",
    schema: text,
    example: "org_petalpal",
  },
  accessToken: {
    type: "string",
    description:
      "OAuth access token for the API. Default: the environment variable `MCPSTACK_ACCESS_TOKEN`, or, where no `MCPSTACK_` credential is " +
      "set, `AGENETIX_ACCESS_TOKEN`. It wins where an API key is given too. Without `api_url`, a credential of one set of variables " +
      "(`MCPSTACK_…`, `AGENETIX_…`) goes to that set's address and never to the other's; any other credential goes where a set names an " +
      "address, and two that differ are an error.",
    presence: "optional",
    meaning: "exact",
    schema: text,
    sensitive: true,
  },
  apiKey: {
    type: "string",
    description:
      "Service-account key for the API. Default: the environment variable `MCPSTACK_API_KEY`, or, where no `MCPSTACK_` credential is set, " +
      "`AGENETIX_API_KEY`.",
    presence: "optional",
    meaning: "exact",
    schema: text,
    sensitive: true,
  },
  metadataCheck: {
    ...metadataCheckField,
    description: `${metadataCheckField.description} Default: "warn". A gateway's own \`metadata_check\` takes its place.`,
  },
  trustedOrigins: {
    ...trustedOriginsField,
    description: `${trustedOriginsField.description} A gateway's own \`trusted_origins\` are added to these.`,
  },
  findings: {
    ...findingsField,
    description: `${findingsField.description} A gateway's own \`findings\` take precedence, code by code.`,
  },
  caFile: {
    type: "string",
    description:
      "File with PEM certificates of further certificate authorities to trust when metadata is fetched. " +
      "For the API itself, set the environment variable `NODE_EXTRA_CA_CERTS`.",
    presence: "optional",
    meaning: "exact",
    schema: text,
    example: "./private-ca.pem",
  },
  allowInsecureMetadata: {
    type: "boolean",
    description:
      "Whether metadata may be fetched over plain http. Loopback addresses may always be. Default: false. For test networks only: " +
      "whoever can change such an answer decides where users sign in.",
    presence: "optional",
    meaning: "exact",
    schema: z.boolean(),
  },
  retryTimeout: {
    type: "integer",
    description:
      "How long, in seconds, to be patient with an API that limits how often it is asked (429, 503) or that fails: the whole run pauses and tries " +
      "again, with growing pauses or as long as `Retry-After` says, until it succeeds or this time is over. From 0 to 3600. Default: the environment " +
      "variable `MCPSTACK_RETRY_TIMEOUT`, else 120.",
    presence: "optional",
    meaning: "exact",
    schema: seconds,
  },
  readLag: {
    type: "integer",
    description:
      "How long, in seconds, reads and lists of the API may lag behind its writes. Within this time of a write, what is not found yet, or shows just what " +
      "stood there before, is looked at again before it counts as gone, as drift or as an error. From 0 to 3600; 0 believes every first look. " +
      "Default: the environment variable `MCPSTACK_READ_LAG`, else 30.",
    presence: "optional",
    meaning: "exact",
    schema: seconds,
  },
} as const satisfies Record<string, Field>;

/** The provider's configuration as a program wrote it; what is left out comes from the environment. */
export interface ConnectionConfig {
  readonly apiUrl?: string | undefined;
  readonly organization?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly metadataCheck?: MetadataCheck | undefined;
  readonly trustedOrigins?: readonly string[] | undefined;
  readonly findings?: Readonly<Record<string, SeverityChoice>> | undefined;
  readonly caFile?: string | undefined;
  readonly allowInsecureMetadata?: boolean | undefined;
  /** In seconds. */
  readonly retryTimeout?: number | undefined;
  /** In seconds. */
  readonly readLag?: number | undefined;
}
export type SeverityChoice = z.infer<typeof severityByCode>[string];
