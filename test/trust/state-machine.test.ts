// Trust moves only where somebody who may let it move does: a machine plays the program, the issuers, the dashboard and both engines, in
// memory, through the very code that the engines call. `machine/invariants.ts` says what must hold.
import fc from "fast-check";
import { type Counts, play } from "./machine/machine";
import { type Happening, plainUp, type Step, type Story, story, type Up } from "./machine/steps";

// The provider's process is given its runs and its listener by the engine: here by the machine.
jest.mock("../../packages/pulumi/src/provider/connection/runs", () => require("./machine/engine-rim"));
jest.mock("../../packages/pulumi/src/provider/engine/say", () => require("./machine/engine-rim"));

const edit = (name: Extract<Step, { do: "edit" }>["edit"]): Step => ({ do: "edit", edit: name });
const moved = (to: Extract<Happening, { do: "move" }>["to"], issuer: "a" | "b" = "a"): Step => ({
  do: "move",
  issuer,
  to,
});
const atTheApi = (field: "tokenEndpoint" | "clientId" | "metadataUrl", to: string): Step => ({
  do: "edit at the API",
  field,
  to,
});
const configured = (metadataCheck: "off" | undefined): Step => ({
  do: "configure",
  provider: { metadataCheck, trustedOrigins: [] },
});
const up = (unknown: Up["unknown"] = []): Up => ({ ...plainUp, unknown });
const told: Story["behaviour"] = { fills: "discovered", told: true, urls: "as-written", leftOut: "kept" };
const plain: Story = {
  behaviour: { fills: "nothing", told: false, urls: "as-written", leftOut: "kept" },
  provider: { metadataCheck: undefined, trustedOrigins: [] },
  before: [],
  steps: [],
};
const foreign = moved({ tokenEndpoint: "evil/1", jwksUri: "evil/1" });

test.each<[string, readonly Step[], Partial<Story>?]>([
  ["a refused move stays refused when only the resource is edited", [foreign, up(), edit("resource r1"), up(), up()]],
  ["a refused move stays refused when only the client is edited", [foreign, up(), edit("client two"), up(), up()]],
  [
    "a refused move stays refused when the check goes off and comes back",
    [foreign, up(), edit("check off"), up(), edit("check warn"), up(), up()],
  ],
  [
    "an issuer with endpoints elsewhere is accepted at first sight, and the old one again",
    [edit("issuer b"), up(), edit("issuer a"), up()],
  ],
  ["a host that keeps the keys is not where people sign in", [moved({ authorizationEndpoint: "keys/1" }), up(), up()]],
  [
    "what somebody sets at the API against the program's silence is undone",
    [atTheApi("tokenEndpoint", "https://evil.example/token"), atTheApi("clientId", "client-by-hand"), up(), up()],
  ],
  [
    "what somebody sets beside what the service found is undone",
    [atTheApi("tokenEndpoint", "https://evil.example/token"), { do: "refresh" }, up(), up()],
    { behaviour: told },
  ],
  [
    "an unknown origin that turns out to be the one which was moved to",
    [foreign, up([{ edit: "evil trusted", becomes: "that" }]), up()],
  ],
  [
    "unknown endpoints while nothing is published",
    [
      moved({ answers: "missing" }),
      up([{ edit: "endpoints at tokens", becomes: "that" }]),
      edit("endpoints at a"),
      up(),
    ],
  ],
  // Found by the machine.
  [
    "another spelling of the issuer beside a move that is accepted",
    [edit("issuer a spelled otherwise"), moved({ jwksUri: "own/1" }), up()],
  ],
  [
    "another spelling of the resource beside a move of it",
    [edit("resource r1"), { do: "move resource", resource: "r1", to: "evil" }, up()],
    { before: [edit("resource r1 with a slash")] },
  ],
  [
    "an unknown check while something has moved",
    [moved({ jwksUri: "own/1" }), up([{ edit: "check error", becomes: "that" }])],
  ],
  ["endpoints given while the document is another issuer's", [edit("endpoints at a"), moved({ issuer: "b" }), up()]],
  [
    "a metadata URL that a person set at the API, which the program takes over, and a move after it",
    [
      atTheApi("metadataUrl", "https://a.example/doc"),
      { do: "refresh" },
      edit("metadata URL of a"),
      up(),
      foreign,
      up(),
    ],
  ],
  [
    "a refused issuer in a document that the program reads at another address",
    [moved({ issuer: "evil", tokenEndpoint: "evil/1" }), up(), edit("metadata URL of a"), up(), up()],
  ],
  [
    "a document that is missing beside endpoints of the program's own, and comes back",
    [edit("endpoints at a"), up(), moved({ answers: "missing" }), up(), moved({ answers: "found" }), up()],
  ],
  [
    "a check that is turned on in an apply",
    [
      configured("off"),
      up([
        { edit: "check error", becomes: "that" },
        { edit: "issuer a", becomes: "that" },
      ]),
    ],
  ],
])("%s: every invariant holds", async (_, steps, differing = {}) => {
  await expect(play({ ...plain, ...differing, steps })).resolves.toBeUndefined();
});

/** How often at least each must have been seen, so that the machine is known to reach what it is there for. */
const floors: Counts = {
  "first acceptance": 20_000,
  "another issuer accepted": 1_000,
  "accepted move": 800,
  "refused move": 2_000,
  "refused move beside an edit": 700,
  "refused move survived a write": 200,
  "a plan refused": 800,
  "an apply refused": 150,
  "a world that moved before the apply": 4_000,
  "unknown authorizationServerUrl": 500,
  "unknown metadataUrl": 500,
  "unknown authorizationEndpoint": 500,
  "unknown registrationEndpoint": 400,
  "unknown trustedOrigins": 500,
  "unknown metadataCheck": 500,
  "unknown findings": 200,
  "unknown resource": 200,
  "unknown clientId": 150,
  "unknown provider": 2_000,
  update: 5_000,
  quiet: 5_000,
  "plans compared": 20_000,
  "applies compared": 15_000,
  "refresh kept": 2_500,
  import: 800,
  upgrade: 2_000,
  destroy: 1_500,
  "destroy beside a refused move": 80,
};

test("whatever happens, in whatever order: every invariant holds", async () => {
  const counts: Counts = {};
  const property = fc.asyncProperty(story, (one) => play(one, counts));
  await fc.assert(property, { numRuns: 20_000, seed: 20260512 });
  const seldom = Object.entries(floors).filter(([what, least]) => (counts[what] ?? 0) < least);
  expect(seldom.map(([what, least]) => `${what}: ${counts[what] ?? 0} of ${least}`)).toEqual([]);
}, 1_200_000);
