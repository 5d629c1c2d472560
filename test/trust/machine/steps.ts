// What may happen, by name: a failing sequence reads as a list of events.
import type { GatewayProfile, ProfileField, StoredField } from "@mcpstack/model";
import fc from "fast-check";
import type { ProviderConfiguration } from "./driver";
import { deciding } from "./invariants";
import {
  type Issuer,
  type IssuerName,
  issuerNames,
  originOfPlace,
  type Resource,
  type ResourceName,
  resourceNames,
} from "./publishers";
import type { Behaviour } from "./service";

type Patch = { readonly [F in keyof GatewayProfile]?: GatewayProfile[F] | undefined };
const { tokens, keys, evil, evil2 } = originOfPlace;
const endpointsAt = (origin: string | undefined): Patch => ({
  authorizationEndpoint: origin && `${origin}/own-authorize`,
  tokenEndpoint: origin && `${origin}/own-token`,
});

/** Edits of the program, fields taken out included. */
export const edits = {
  "issuer a": { authorizationServerUrl: "https://a.example" },
  "issuer a with a slash": { authorizationServerUrl: "https://a.example/" },
  "issuer a spelled otherwise": { authorizationServerUrl: "https://A.example:443" },
  "issuer b": { authorizationServerUrl: "https://b.example/realms/x" },
  "issuer c": { authorizationServerUrl: "https://c.example" },
  "no metadata URL": { metadataUrl: undefined },
  "metadata URL of a": { metadataUrl: "https://a.example/doc" },
  "metadata URL of a spelled otherwise": { metadataUrl: "https://A.example/doc" },
  "metadata URL of b": { metadataUrl: "https://b.example/doc" },
  "no endpoints": endpointsAt(undefined),
  "endpoints at a": endpointsAt("https://a.example"),
  "endpoints at tokens": endpointsAt(tokens),
  "endpoints at evil2": endpointsAt(evil2),
  "no registration": { registrationEndpoint: undefined },
  "registration at a": { registrationEndpoint: "https://a.example/own-register" },
  "registration at evil2": { registrationEndpoint: `${evil2}/own-register` },
  "no resource": { resource: undefined },
  "resource r1": { resource: "https://r1.example" },
  "resource r1 with a slash": { resource: "https://r1.example/" },
  "resource r2": { resource: "https://r2.example/api" },
  "resource without an address": { resource: "urn:example:api" },
  "no client": { clientId: undefined },
  "client one": { clientId: "client-1" },
  "client two": { clientId: "client-2" },
  "client with a document": { clientId: "https://a.example/client.json" },
  "no scopes": { scopes: undefined },
  "scope openid": { scopes: ["openid"] },
  "more scopes": { scopes: ["email", "openid"] },
  "no description": { description: undefined },
  "a description": { description: "For support" },
  "another name": { name: "Support 2" },
  "nobody trusted": { trustedOrigins: undefined },
  "tokens trusted": { trustedOrigins: [tokens] },
  "keys trusted": { trustedOrigins: [keys] },
  "evil trusted": { trustedOrigins: [evil] },
  "check as configured": { metadataCheck: undefined },
  "check off": { metadataCheck: "off" },
  "check warn": { metadataCheck: "warn" },
  "check error": { metadataCheck: "error" },
  "findings as they are": { findings: undefined },
  "moves silenced": { findings: { "origin-moved": "off" } },
  "moves warned of": { findings: { "origin-moved": "warn" } },
  "an unreachable host an error": { findings: { "metadata-unreachable": "error" }, metadataCheck: "error" },
  "missing metadata silenced": { findings: { "metadata-not-found": "off", "issuer-mismatch": "info" } },
} as const satisfies Record<string, Patch>;
export type Edit = keyof typeof edits;
const editNames = Object.keys(edits) as Edit[];

export const firstProfile: GatewayProfile = {
  name: "Support",
  providerType: "manual",
  authorizationServerUrl: "https://a.example",
};

/** What a person does at the dashboard; null clears the field. */
const persons: readonly (readonly [StoredField, string | readonly string[] | null])[] = [
  ["description", "By hand"],
  ["description", null],
  ["clientId", "client-by-hand"],
  ["clientId", null],
  ["scopes", ["admin", "openid"]],
  ["scopes", null],
  ["resource", "https://r2.example/api"],
  ["resource", null],
  ["tokenEndpoint", `${evil}/token`],
  ["tokenEndpoint", "https://a.example/by-hand/token"],
  ["tokenEndpoint", null],
  ["authorizationEndpoint", `${keys}/authorize`],
  ["registrationEndpoint", `${evil2}/register`],
  ["metadataUrl", `${evil}/doc`],
  ["metadataUrl", "https://b.example/doc"],
  ["metadataUrl", "https://a.example/doc"],
  ["authorizationServerUrl", evil],
  ["authorizationServerUrl", "https://b.example/realms/x"],
  ["name", "Renamed by hand"],
];

export type Happening =
  | { readonly do: "move"; readonly issuer: IssuerName; readonly to: Partial<Issuer> }
  | { readonly do: "move resource"; readonly resource: ResourceName; readonly to: Resource }
  | { readonly do: "edit at the API"; readonly field: StoredField; readonly to: string | readonly string[] | null }
  | { readonly do: "service looks again" };

/** Fields of an edit that are not known in the plan; in the apply they are what the edit says, or as they were. */
export interface Unknowns {
  readonly edit: Edit;
  readonly becomes: "that" | "as before";
}

export type Step =
  | Happening
  | { readonly do: "edit"; readonly edit: Edit }
  | { readonly do: "configure"; readonly provider: ProviderConfiguration }
  | { readonly do: "refresh" }
  | Up
  | { readonly do: "import" | "replace" | "destroy" }
  | { readonly do: "upgrade"; readonly from: "discovered" | "nothing" };

export interface Up {
  readonly do: "plan" | "up";
  /** False: `-refresh=false`. */
  readonly refresh: boolean;
  readonly unknown: readonly Unknowns[];
  /** The provider's configuration is not known in the plan, and what it turns out to be: null as it was. Undefined: it is known. */
  readonly providerBecomes?: ProviderConfiguration | null | undefined;
  /** Terraform cannot tell that no destroy follows, so its plan only warns. */
  readonly beforeDestroy: boolean;
  /** What happens between the plan and its apply. */
  readonly between: readonly Happening[];
  /** Whether it is asked afterwards that nothing is left to do. */
  readonly again: boolean;
}

const edit = fc.constantFrom(...editNames);

const published = fc.constantFrom(
  "own/1",
  "own/2",
  "tokens/1",
  "keys/1",
  "evil/1",
  "evil2/1",
  "absent",
) as fc.Arbitrary<Issuer["tokenEndpoint"]>;
const move: fc.Arbitrary<Happening> = fc.record({
  do: fc.constant("move" as const),
  issuer: fc.constantFrom(...issuerNames, "a" as const, "a" as const),
  to: fc.oneof(
    { weight: 3, arbitrary: fc.record({ tokenEndpoint: published }) },
    { weight: 2, arbitrary: fc.record({ authorizationEndpoint: published }) },
    { weight: 2, arbitrary: fc.record({ jwksUri: published }) },
    { weight: 1, arbitrary: fc.record({ registrationEndpoint: published }) },
    { weight: 1, arbitrary: fc.record({ tokenEndpoint: published, jwksUri: published }) },
    {
      weight: 2,
      arbitrary: fc.record({ issuer: fc.constantFrom("own", "slash", "evil", "b") as fc.Arbitrary<Issuer["issuer"]> }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ answers: fc.constantFrom("found", "missing", "down") as fc.Arbitrary<Issuer["answers"]> }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ methods: fc.constantFrom("S256", "absent") as fc.Arbitrary<Issuer["methods"]> }),
    },
  ),
});
const moveResource: fc.Arbitrary<Happening> = fc.record({
  do: fc.constant("move resource" as const),
  resource: fc.constantFrom(...resourceNames),
  to: fc.constantFrom("itself", "slash", "evil", "missing", "down") as fc.Arbitrary<Resource>,
});
const atTheApi: fc.Arbitrary<Happening> = fc
  .constantFrom(...persons)
  .map(([field, to]) => ({ do: "edit at the API" as const, field, to }));
const looksAgain = fc.constant<Happening>({ do: "service looks again" });
const happening = fc.oneof(
  { weight: 5, arbitrary: move },
  { weight: 1, arbitrary: moveResource },
  { weight: 2, arbitrary: atTheApi },
  { weight: 1, arbitrary: looksAgain },
);

/** What decides about trust is worth most: an unknown of it may turn out either way while something has moved. */
const decidingEdits = editNames.filter((name) =>
  Object.keys(edits[name]).some((field) => deciding.has(field as ProfileField)),
);
const rarely = fc.constantFrom(false, false, false, false, false, false, false, true);
const unknowns = fc.record({
  edit: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...decidingEdits) }, { weight: 1, arbitrary: edit }),
  becomes: fc.constantFrom("that", "as before") as fc.Arbitrary<Unknowns["becomes"]>,
});
export const provider: fc.Arbitrary<ProviderConfiguration> = fc.record({
  metadataCheck: fc.constantFrom(undefined, undefined, undefined, "off", "warn", "error") as fc.Arbitrary<
    ProviderConfiguration["metadataCheck"]
  >,
  trustedOrigins: fc.constantFrom([], [], [keys], [evil]),
});

const up: fc.Arbitrary<Up> = fc.record({
  do: fc.constantFrom("up", "up", "up", "plan") as fc.Arbitrary<Up["do"]>,
  refresh: rarely.map((no) => !no),
  unknown: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(unknowns, { minLength: 1, maxLength: 2 }) },
  ),
  providerBecomes: fc.oneof(
    { weight: 14, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: provider },
  ),
  beforeDestroy: rarely,
  between: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(happening, { minLength: 1, maxLength: 1 }) },
  ),
  again: fc.constantFrom(true, false, false, false),
});

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: up },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("edit" as const), edit }) },
  { weight: 10, arbitrary: happening },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("configure" as const), provider }) },
  { weight: 1, arbitrary: fc.constant({ do: "refresh" as const }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ do: "import" as const }, { do: "replace" as const }, { do: "destroy" as const }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("upgrade" as const),
      from: fc.constantFrom("discovered" as const, "nothing" as const),
    }),
  },
);

export const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  fills: fc.constantFrom("nothing", "discovered", "derived") as fc.Arbitrary<Behaviour["fills"]>,
  told: fc.boolean(),
  urls: fc.constantFrom("as-written", "whatwg") as fc.Arbitrary<Behaviour["urls"]>,
  leftOut: fc.constantFrom("kept", "cleared") as fc.Arbitrary<Behaviour["leftOut"]>,
});

export interface Story {
  readonly behaviour: Behaviour;
  readonly provider: ProviderConfiguration;
  /** Before anything is created. */
  readonly before: readonly Step[];
  readonly steps: readonly Step[];
}

/** A plain `up`. */
export const plainUp: Up = { do: "up", refresh: true, unknown: [], beforeDestroy: false, between: [], again: true };

export const story: fc.Arbitrary<Story> = fc.record({
  behaviour,
  provider,
  before: fc.array(fc.oneof(fc.record({ do: fc.constant("edit" as const), edit }), move), { maxLength: 3 }),
  // Most faults need few steps, and long stories take long.
  steps: fc.oneof(
    { weight: 4, arbitrary: fc.array(step, { maxLength: 5, size: "max" }) },
    { weight: 1, arbitrary: fc.array(step, { maxLength: 15, size: "max" }) },
  ),
});
