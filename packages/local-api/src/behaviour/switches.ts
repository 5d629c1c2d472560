/**
 * Every point of the API that is publicly unknown, as a switch. The first value of each is the default.
 * Tests enumerate this table; the type of a behaviour is made from it.
 */
export const behaviourSwitches = {
  scopesForm: {
    about: "how a gateway's scopes are answered; `shuffled` is another order at every answer",
    values: ["array", "shuffled", "duplicates", "space-string", "comma-string"],
  },
  unsetFields: {
    about: "how a field that nobody set is answered",
    values: ["absent", "null", "empty"],
  },
  fills: {
    about:
      "what the service fills into discoverable fields that nobody set: nothing, addresses derived from the authorization server URL, or what it really discovers when a gateway is written",
    values: ["nothing", "derived", "discovered"],
  },
  urls: {
    about: "whether a URL comes back as written or in WHATWG form (host case, default port, a bare origin with `/`)",
    values: ["as-written", "whatwg"],
  },
  unknownFields: {
    about:
      "whether the service gives gateways fields that no published page names (`identityResolution`, `clientRegistration`)",
    values: ["none", "present"],
  },
  unknownEcho: {
    about:
      "whether every field that no published page names is answered, or those whose name holds `hidden` or `password`, at any depth, are kept and not shown",
    values: ["all", "not-hidden"],
  },
  unknownArrays: {
    about:
      "whether lists in such fields come back in the order in which they were written, or sorted by the JSON text of their elements",
    values: ["as-written", "sorted"],
  },
  unknownObjects: {
    about:
      "whether objects in such lists come back as written, or each, at any depth, with a field that the service adds (`addedBy`)",
    values: ["as-written", "enriched"],
  },
  unknownNull: {
    about:
      "what a PUT does to such a field that its body gives as null: it holds null then, is gone, or stays as it was",
    values: ["null", "gone", "kept"],
  },
  maskedSecret: {
    about:
      "how a gateway's client secret is answered: not at all, or as a mask; the mask written back destroys the secret",
    values: ["not-answered", "****", "[redacted]"],
  },
  maskedSecretPlace: {
    about: "where that mask stands: `clientSecret`, or `clientCredentials.secret`",
    values: ["top", "nested"],
  },
  listEnvelope: {
    about: "a list as a bare array or inside an object",
    values: ["array", "items", "data"],
  },
  listPaging: {
    about:
      "whether an enveloped list is cut: into pages counted from 1 or from 0 (`page`, `pageSize`, `total`; `from-0-unsaid` leaves `page` out), or by `nextCursor` and `hasNextPage`; a bare array is always whole",
    values: ["none", "pages", "from-0", "from-0-unsaid", "cursor"],
  },
  pageSize: {
    about: "items on a page when the caller names no `pageSize`; also the most that a caller is given",
    values: [50, 2],
  },
  listItems: {
    about: "whether an item of the gateways' list is whole or has only `id, name, provider, status`",
    values: ["whole", "four-fields"],
  },
  createStatus: { about: "status of a create", values: [201, 200] },
  createAnswer: {
    about: "whether a create answers the whole gateway or only its id",
    values: ["document", "id"],
  },
  putAnswer: { about: "what a gateway's PUT answers", values: ["document", "204"] },
  putLeftOut: {
    about: "what a gateway's PUT does to fields that its body leaves out",
    values: ["kept", "cleared"],
  },
  attachmentLeftOut: {
    about: "what an attachment's PUT does to fields that its body leaves out, but for its public id, which is kept",
    values: ["kept", "cleared"],
  },
  attachAnswer: { about: "what an attachment's PUT answers", values: ["document", "204"] },
  nothingAttached: {
    about: "the answer for the attachment of a server that has none",
    values: ["404", "204", "null", "gateway-id-null"],
  },
  attachmentGateway: {
    about: "whether an attachment names its gateway by `gatewayId`, embeds it as `gateway`, or both",
    values: ["id", "embedded", "id-and-embedded"],
  },
  attachmentAddresses: {
    about:
      "whether an attachment names `mcpUrl` and `callbackUrl`; `slash` names a callback URL with a slash too many, `elsewhere` both on the product's own hosts",
    values: ["named", "absent", "slash", "elsewhere"],
  },
  providerField: {
    about: "the name of the provider type in answers; an item of a list always has `provider`",
    values: ["providerType", "provider", "both"],
  },
  metadataUrlField: {
    about: "the name of the metadata URL in answers",
    values: ["metadataUrl", "authorizationServerMetadataUrl", "both"],
  },
  organizationId: { about: "whether documents name their organization", values: ["present", "absent"] },
  agentFields: {
    about: "the names of an agent's origin and server fields",
    values: ["allowedOrigins+serverIds", "origins+mcpServers"],
  },
  deleteAttached: {
    about: "deleting a gateway that servers are attached to: refused, detaches them, or leaves them pointing nowhere",
    values: ["conflict", "detaches", "allowed"],
  },
  duplicateNames: { about: "two gateways of one name", values: ["allowed", "conflict"] },
  foreignOrganization: {
    about: "the answer for an organization that the credential does not see",
    values: ["403", "404"],
  },
  versions: {
    about:
      "how a gateway and an attachment tell their version, which a write may name: not at all, as `ETag` (strong, weak, or a weak one that no `If-Match` matches, as RFC 9110 has it), or as the field `version`",
    values: ["none", "etag", "weak-etag", "weak-etag-never-matching", "field"],
  },
  versionConflict: {
    about: "how a write that names another version than there is is refused",
    values: ["412", "409"],
  },
  versionDemanded: {
    about: "whether a write of what there is must name a version, where versions are told: else it is refused with 428",
    values: ["no", "yes"],
  },
  deletedGateway: {
    about:
      "a gateway that was deleted: gone, or out of the list and still answered by its id, with the status `deleted`",
    values: ["gone", "shown"],
  },
  newGateway: {
    about: "how the attachment to a gateway is refused that is younger than `attachLag`",
    values: ["422", "404"],
  },
  readLag: { about: "how long a document's own read lags behind its writes, in ms", values: [0] },
  listLag: { about: "how long lists lag, in ms", values: [0] },
  attachLag: {
    about: "how long after its create a gateway is not known where servers are attached, in ms",
    values: [0],
  },
  errorBody: {
    about: "the form of an error's body",
    values: ["error_description", "error", "message", "text", "empty"],
  },
  wellKnownInserted: {
    about:
      "whether the public leg's documents are also served at the path-inserted addresses of RFC 8414 §3.1 and RFC 9728 §3.1",
    values: ["absent", "served"],
  },
} as const;

export type BehaviourName = keyof typeof behaviourSwitches;

/** Switches that take any number; only the ones in the table are put beside the values of others. */
export const numericSwitches = ["pageSize", "readLag", "listLag", "attachLag"] as const;
export type NumericSwitch = (typeof numericSwitches)[number];

/** How the service behaves where its public pages are silent. */
export type ServerBehaviour = {
  [N in Exclude<BehaviourName, NumericSwitch>]: (typeof behaviourSwitches)[N]["values"][number];
} & { [N in NumericSwitch]: number };

export const behaviourNames = Object.keys(behaviourSwitches) as BehaviourName[];

/** The first value of every switch. */
export const defaultBehaviour: Readonly<ServerBehaviour> = Object.freeze(
  Object.fromEntries(behaviourNames.map((name) => [name, behaviourSwitches[name].values[0]])) as ServerBehaviour,
);
