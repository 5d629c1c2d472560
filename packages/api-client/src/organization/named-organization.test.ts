import type { JsonObject } from "@mcpstack/model";
import { isOfAnother, organizationOf } from "./named-organization";

const own = {
  id: "org_petalpal",
  slug: "petalpal",
  others: ["org_market", "market", "0b9e2c1e-1111-4c8e-9a60-6f0c3e5f7a11"],
};

test.each<JsonObject>([
  { organizationId: "orgs/org_petalpal" },
  { organizationId: "https://api.example.com/api/v1/organizations/org_petalpal/" },
  { organizationId: "ORG_PETALPAL" },
  { organizationId: "urn:mcpstack:organization:org_petalpal" },
  { organizationId: " org_petalpal " },
  { organizationId: "petalpal" },
  { organization: ["org_petalpal"] },
  { organization: { data: { id: "org_petalpal" } } },
  { organization: { href: "/api/v1/organizations/org_petalpal" } },
  { organization: { self: "https://x.example/organizations/org_petalpal?embed=1" } },
  { organization: { id: "4f9c2c1e-0b5a-4c8e-9a60-6f0c3e5f7a11", slug: "petalpal" } },
  { organization: { id: 17, name: "org_petalpal" } },
  // What is no id of this form, and no other's.
  { organizationId: 17 },
  { organizationId: "4f9c2c1e-0b5a-4c8e-9a60-6f0c3e5f7a11" },
  { organization: { name: "Petal Pal GmbH" } },
  { organization: "Petal Pal GmbH" },
  { organizationName: "Petal" },
  { organization: "https://petalpal.example.com" },
  { organization: { id: 17, name: "Petal Pal GmbH", url: "https://petalpal.example.com/17" } },
  // What names none.
  {},
  { organizationId: "" },
  { organizationId: null },
  { organization: { id: null } },
])("%j may be of this organization", (raw) => {
  expect(isOfAnother(raw, own)).toBe(false);
});

test.each<JsonObject>([
  { organizationId: "org_petalpal2" },
  { organizationId: ["org_other"] },
  { organizationId: { $oid: "org_other" } },
  { organization_id: "org_other" },
  { orgId: "org_other" },
  { ownerOrganizationId: "org_other" },
  { organizationId: "org_petalpal/sub/org_other" },
  { organization: "organizations/org_other" },
  { organization: { id: "org_other" } },
  { organization: { _id: "org_other" } },
  { organization: { organizationId: "org_other" } },
  { organization: { data: { id: "org_other" } } },
  { organization: { slug: "other" } },
  { org: "org_other" },
  { org: { id: "org_other" } },
  // The credential's list knows these.
  { organization: "market" },
  { organizationId: "0b9e2c1e-1111-4c8e-9a60-6f0c3e5f7a11" },
])("%j is of another organization", (raw) => {
  expect([isOfAnother(raw, own), organizationOf(raw) === undefined]).toEqual([true, false]);
});

test.each([
  ["17", "18", "org_18"],
  ["4f9c2c1e-0b5a-4c8e-9a60-6f0c3e5f7a11", "4f9c2c1e-0b5a-4c8e-9a60-6f0c3e5f7a12", "18"],
  ["01HV6Z3K9Q2W8N4T5R7Y1M0XCB", "01HV6Z3K9Q2W8N4T5R7Y1M0XCC", "4f9c2c1e"],
  ["acme", undefined, "other"],
])("beside the id %s, %s is another and %s may be anything", (id, another, anything) => {
  if (another !== undefined) expect(isOfAnother({ organizationId: another }, { id })).toBe(true);
  expect(isOfAnother({ organizationId: anything }, { id })).toBe(false);
});
