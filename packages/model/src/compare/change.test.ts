import { attachmentFields } from "../fields/attachment";
import { profileFields } from "../fields/gateway";
import { changeClass } from "./change";

test.each([
  [{ prior: false, desired: false, changed: [], replaced: [] }, "none"],
  [{ prior: false, desired: true, changed: [], replaced: [] }, "create"],
  [{ prior: true, desired: false, changed: [], replaced: [] }, "delete"],
  [{ prior: true, desired: true, changed: [], replaced: [] }, "none"],
  [{ prior: true, desired: true, changed: ["name"], replaced: [] }, "update"],
  [{ prior: true, desired: true, changed: ["serverId"], replaced: ["serverId"] }, "replace"],
])("%j is %s", (change, expected) => {
  expect(changeClass(change)).toBe(expected);
});

test("nothing replaces a gateway, and only another server replaces an attachment", () => {
  expect(Object.entries(profileFields).filter(([, field]) => "replaces" in field)).toEqual([]);
  expect(Object.entries(attachmentFields).flatMap(([name, field]) => ("replaces" in field ? [name] : []))).toEqual([
    "serverId",
  ]);
});
