import { checkAttachment } from "./attachment/check";
import { changeAttachment, makeAttachment } from "./attachment/create";
import { removeAttachment } from "./attachment/delete";
import { diffAttachment } from "./attachment/diff";
import { refreshAttachment } from "./attachment/read";
import { guarded } from "./engine/guarded";
import { checkGateway } from "./gateway/check";
import { makeGateway } from "./gateway/create";
import { removeGateway } from "./gateway/delete";
import { diffGateway } from "./gateway/diff";
import { refreshGateway } from "./gateway/read";
import { changeGateway } from "./gateway/update";

export { configure } from "./connection/runs";
export { type Lookups, lookupsOf } from "./lookups";

/** The provider of `Gateway`, as Pulumi's process for dynamic resources loads it. */
export const gateway = guarded({
  check: checkGateway,
  diff: diffGateway,
  create: makeGateway,
  read: refreshGateway,
  update: changeGateway,
  delete: removeGateway,
});

/** The provider of `ServerGatewayAttachment`. */
export const attachment = guarded({
  check: checkAttachment,
  diff: diffAttachment,
  create: makeAttachment,
  read: refreshAttachment,
  update: changeAttachment,
  delete: removeAttachment,
});
