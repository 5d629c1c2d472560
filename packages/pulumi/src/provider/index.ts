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
import { getGatewayLogs } from "./lookups/gateway-logs";
import { getGateway, getGatewayServers, getGateways } from "./lookups/gateways";
import { getOAuthMetadata } from "./lookups/oauth-metadata";
import { getServer } from "./lookups/server";

export { configure } from "./connection/runs";

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

/** What the functions of the package run in the program's process. */
export const lookups = { getGateway, getGateways, getGatewayServers, getGatewayLogs, getServer, getOAuthMetadata };
