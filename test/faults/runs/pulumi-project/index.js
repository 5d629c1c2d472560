// Declares what program.json says; test/faults/runs/pulumi.ts writes it.
const { readFileSync } = require("node:fs");
const { Gateway, ServerGatewayAttachment } = require("@mcpstack/pulumi");

const { gateways, attachments } = JSON.parse(readFileSync("program.json", "utf8"));
const made = {};
for (const [name, args] of Object.entries(gateways)) made[name] = new Gateway(name, args);
for (const [name, { gateway, aliases, ...args }] of Object.entries(attachments))
  new ServerGatewayAttachment(name, { ...args, gatewayId: made[gateway].id }, { aliases });
