import { z } from "zod";
import { hasUserInformation, userInformationRefused } from "../urls";
import {
  findingsField,
  type MetadataCheck,
  metadataCheckField,
  type SeverityChoice,
  trustedOriginsField,
} from "./connection";
import type { Field } from "./field";
import { type AcceptedMetadata, metadataFields } from "./metadata";
import { anyText, type JsonObject, jsonObject, paragraph, scope, text, url, withoutUserInformation } from "./values";

/** Provider types that were seen; the service takes others too (API page, "provider type"). */
export const knownProviderTypes = ["manual", "sqlos", "auth0", "entra", "workos"] as const;
export type ProviderType = (typeof knownProviderTypes)[number] | (string & {});

const endpoint = (description: string, apiName: string, example: string): Field => ({
  type: "string",
  description,
  presence: "optional",
  meaning: "url",
  schema: withoutUserInformation,
  whenEdited: url({ query: "allowed", insecure: "refused" }),
  apiNames: [apiName],
  discoverable: true,
  example,
});

/**
 * What a program says about a Gateway profile. For each field `schema` says what is refused always, and `whenEdited` what is refused where it
 * is neither in the state nor at the API already.
 */
export const profileFields = {
  name: {
    type: "string",
    description: "Name of the Gateway profile, shown in the dashboard.",
    presence: "required",
    meaning: "exact",
    schema: anyText,
    whenEdited: text,
    apiNames: ["name"],
    example: "Support Gateway",
  },
  description: {
    type: "string",
    description: "What the gateway is for, in one line or several.",
    presence: "optional",
    meaning: "exact",
    schema: anyText,
    whenEdited: paragraph,
    apiNames: ["description"],
    example: "User-scoped access to the support API",
  },
  providerType: {
    type: "string",
    description: `Kind of identity provider: ${knownProviderTypes.map((type) => `\`${type}\``).join(", ")}, or another name that the service knows.`,
    presence: "required",
    meaning: "exact",
    schema: anyText,
    whenEdited: text.regex(/^\S+$/, { error: "must be one word, such as manual" }),
    apiNames: ["providerType", "provider"],
    example: "manual",
  },
  authorizationServerUrl: {
    type: "string",
    description:
      "Issuer identifier of the authorization server, exactly as its metadata spells it, trailing slash included. Metadata is looked for " +
      "below its well-known addresses (RFC 8414 §3, OpenID Connect Discovery §4). Empty only for a gateway that is taken over and has none.",
    presence: "required",
    meaning: "url",
    schema: withoutUserInformation,
    whenEdited: url({ query: "refused", insecure: "refused" }),
    apiNames: ["authorizationServerUrl"],
    example: "https://auth.example.com",
  },
  metadataUrl: {
    type: "string",
    description:
      "Exact address of the discovery document, where it is not at a well-known address of the authorization server.",
    presence: "optional",
    meaning: "url",
    schema: withoutUserInformation,
    whenEdited: url({ query: "allowed", insecure: "allowed" }),
    apiNames: ["metadataUrl", "authorizationServerMetadataUrl"],
    discoverable: true,
    example: "https://auth.example.com/.well-known/openid-configuration",
  },
  authorizationEndpoint: endpoint(
    "Authorization endpoint, where discovery is missing or not standard.",
    "authorizationEndpoint",
    "https://auth.example.com/authorize",
  ),
  tokenEndpoint: endpoint(
    "Token endpoint, where discovery is missing or not standard.",
    "tokenEndpoint",
    "https://auth.example.com/token",
  ),
  registrationEndpoint: endpoint(
    "Dynamic client registration endpoint (RFC 7591), where clients register themselves.",
    "registrationEndpoint",
    "https://auth.example.com/register",
  ),
  clientId: {
    type: "string",
    description:
      "Client id that was registered at the identity provider. Leave it out where the client registers itself. It may be the https URL of a " +
      "client id metadata document.",
    presence: "optional",
    meaning: "exact",
    // Some identity providers have client ids with an `@`, which are no addresses.
    schema: anyText.refine((value) => !/^https?:/i.test(value) || !hasUserInformation(value), {
      error: userInformationRefused,
    }),
    whenEdited: text,
    apiNames: ["clientId"],
    example: "support-mcp",
  },
  resource: {
    type: "string",
    description: "Resource identifier (audience) that the upstream API demands in access tokens (RFC 8707 §2).",
    presence: "optional",
    meaning: "url",
    schema: withoutUserInformation,
    whenEdited: text.regex(/^\S+$/, { error: "must not contain white space" }),
    apiNames: ["resource"],
    example: "https://api.example.com",
  },
  scopes: {
    type: "stringSet",
    description: "Scopes that the gateway may ask for; a server may use fewer. Order means nothing.",
    presence: "optional",
    meaning: "set",
    schema: z.array(anyText.min(1, { error: "must not be empty" })),
    whenEdited: z.array(scope),
    apiNames: ["scopes"],
    example: ["openid", "profile", "email"],
  },
  trustedOrigins: trustedOriginsField,
  metadataCheck: {
    ...metadataCheckField,
    description: `${metadataCheckField.description} Default: what the provider says.`,
  },
  findings: findingsField,
  settings: {
    type: "json",
    description:
      "Fields of the API's gateway document that this version does not know by name, as a JSON object. Only the keys given here are " +
      "compared and written, lists in whatever order they come back; every other unknown field is left as it is. Null is as if left out, " +
      "and a key that the program stops naming is taken out of the document.",
    presence: "optional",
    meaning: "keys",
    schema: jsonObject,
  },
  settingsWo: {
    type: "json",
    description:
      "Like `settings`, for values that no state may hold, such as a client secret. Sent whenever the gateway is written; change `settings_wo_version` to have it written when nothing else changed.",
    presence: "optional",
    meaning: "exact",
    schema: jsonObject,
    sensitive: true,
    writeOnly: true,
  },
  settingsWoVersion: {
    type: "integer",
    description: "Any whole number. Change it to have `settings_wo` written again.",
    presence: "optional",
    meaning: "exact",
    schema: z.int({ error: "must be a whole number" }),
  },
} as const satisfies Record<string, Field>;

/** What the service, and the authorization server, say about a gateway. */
export const gatewayOutputFields = {
  id: {
    type: "string",
    description: "Id of the gateway.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
  organizationId: {
    type: "string",
    description: "Id of the organization that owns it. It guards against a credential for another organization.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
  status: {
    type: "string",
    description: "Status as the service reports it.",
    presence: "computed",
    meaning: "exact",
    schema: z.string(),
  },
  metadata: {
    type: "object",
    description:
      "What the authorization server and the protected resource published when an apply last accepted it. A planned change here means " +
      "that they have moved since.",
    presence: "computed",
    meaning: "exact",
    schema: z.unknown(),
    fields: metadataFields,
  },
} as const satisfies Record<string, Field>;

export const gatewayFields = { ...profileFields, ...gatewayOutputFields };

export type ProfileField = keyof typeof profileFields;
/** Fields that a state keeps, so that an edit of them shows. */
export type KeptField = Exclude<ProfileField, "settingsWo">;

/**
 * A Gateway profile as the program wrote it. An optional field that is left out, or given an empty value, is undefined, never null or empty. A
 * required one is empty where an existing gateway has none.
 */
export interface GatewayProfile {
  readonly name: string;
  readonly description?: string | undefined;
  readonly providerType: ProviderType;
  readonly authorizationServerUrl: string;
  readonly metadataUrl?: string | undefined;
  readonly authorizationEndpoint?: string | undefined;
  readonly tokenEndpoint?: string | undefined;
  readonly registrationEndpoint?: string | undefined;
  readonly clientId?: string | undefined;
  readonly resource?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly trustedOrigins?: readonly string[] | undefined;
  readonly metadataCheck?: MetadataCheck | undefined;
  readonly findings?: Readonly<Record<string, SeverityChoice>> | undefined;
  readonly settings?: JsonObject | undefined;
  readonly settingsWo?: JsonObject | undefined;
  readonly settingsWoVersion?: number | undefined;
}

/** What the API holds of a profile: the fields that have a name in its documents. */
export type StoredField = Exclude<
  ProfileField,
  "trustedOrigins" | "metadataCheck" | "findings" | "settings" | "settingsWo" | "settingsWoVersion"
>;
export const storedFields = (Object.keys(profileFields) as ProfileField[]).filter(
  (name): name is StoredField => "apiNames" in profileFields[name],
);

/** A profile as the API answered it: every field may be missing. */
export type ObservedProfile = { readonly [F in StoredField]?: GatewayProfile[F] | undefined };

/** A gateway as an engine's state keeps it: the profile as written, and what became of it. `settingsWo` is in no state. */
export interface GatewayState extends Omit<GatewayProfile, "settingsWo"> {
  readonly id: string;
  readonly organizationId: string;
  readonly status?: string | undefined;
  readonly metadata?: AcceptedMetadata | undefined;
}
