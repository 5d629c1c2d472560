import type { PlanChanges, ResourceChange } from "./change";
import { anyInstance } from "./change";
import { graphOf } from "./graph";

const none: ReadonlySet<string> = new Set();
const base = {
  unknown: none,
  sensitive: none,
  hidden: none,
  imported: false,
  deferred: false,
  providerKey: "mcpstack",
};

function gateway(key: string, isReplaced: boolean): ResourceChange {
  const address = `mcpstack_gateway.g["${key}"]`;
  const id = `gw_${key}`;
  return {
    ...base,
    kind: "gateway",
    address,
    label: address,
    action: isReplaced ? "replace" : "none",
    before: { id, name: key },
    after: isReplaced ? { name: key } : { id, name: key },
  };
}

function linkTo(gateways: readonly ResourceChange[], isOpen = false, addresses = [`mcpstack_gateway.g${anyInstance}`]) {
  const references = { addresses, open: isOpen };
  const attachment: ResourceChange = {
    ...base,
    kind: "attachment",
    address: 'mcpstack_server_gateway_attachment.s["a"]',
    label: "s",
    action: "update",
    before: { serverId: "api", gatewayId: "gw_a" },
    after: { serverId: "api" },
    unknown: new Set(["gatewayId"]),
    gatewayReference: { before: references, after: references },
  };
  const plan: PlanChanges = {
    frontEnd: "terraform",
    engine: "",
    gateways,
    attachments: [attachment],
    providers: [],
    unplanned: [],
    lookedUp: [],
    serverNames: [],
    opaque: [],
    resources: 0,
    notes: [],
  };
  const { candidates = [], open } = graphOf(plan).links[0] ?? {};
  return { candidates: candidates.map(({ key }) => key), open };
}

test.each([false, true])(
  "An id that is not known yet is none of a sibling that keeps its own, and nobody takes that for certain, open: %s",
  (isOpen) => {
    expect(linkTo([gateway("b", false), gateway("a", true), gateway("c", false)], isOpen)).toEqual({
      candidates: ['mcpstack_gateway.g["a"]'],
      open: true,
    });
  },
);

test("Of a condition's branches each one is judged, although the id of one is known", () => {
  const other = { ...gateway("b", false), address: "mcpstack_gateway.other" };
  const plan = linkTo([gateway("a", true), other], true, [
    `mcpstack_gateway.g${anyInstance}`,
    "mcpstack_gateway.other",
  ]);
  expect(plan.candidates).toEqual(['mcpstack_gateway.g["a"]', "mcpstack_gateway.other"]);
});

test("Where a sibling is made anew, too, it may be either", () => {
  expect(linkTo([gateway("a", true), gateway("b", true)]).candidates).toHaveLength(2);
});
