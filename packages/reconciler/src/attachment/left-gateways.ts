import type { AttachmentState, GatewayState } from "@mcpstack/model";
import type { Notice } from "../notice";
import type { CallOptions, Run } from "../run";
import type { AttachmentPlan } from "./plan";

/** What the plans of one run say of gateways that servers leave. The order of plans is open: whichever of two comes second learns of the first. */
export class LeftGateways {
  readonly deleted = new Map<string, GatewayState>();
  readonly #left = new Map<string, string[]>();

  /** A server goes from a gateway to another one. */
  leave({ gatewayId, serverId }: AttachmentState): void {
    this.#left.set(gatewayId, [...(this.#left.get(gatewayId) ?? []), serverId]);
  }

  /** The servers that go from a gateway to another one. */
  serversFrom(gatewayId: string): readonly string[] {
    return this.#left.get(gatewayId) ?? [];
  }
}

/** A planned delete of a gateway. An engine may do it before the servers that leave the gateway have gone, and it is refused then. */
export function foreseeGatewayDelete(run: Run, prior: GatewayState, { hear }: CallOptions = {}): void {
  run.leftGateways.deleted.set(prior.id, prior);
  for (const serverId of run.leftGateways.serversFrom(prior.id)) hear?.(destroyedFirst(prior, serverId, []));
}

/** An attachment that is planned to be changed in place: a server that goes to another gateway must have gone before its old one does. */
export function foreseeMoved(
  run: Run,
  prior: AttachmentState,
  { edited }: Pick<AttachmentPlan, "edited">,
  { hear }: CallOptions = {},
): void {
  if (!edited.includes("gatewayId")) return;
  run.leftGateways.leave(prior);
  const gateway = run.leftGateways.deleted.get(prior.gatewayId);
  if (gateway) hear?.(destroyedFirst(gateway, prior.serverId, ["gatewayId"]));
}

function destroyedFirst({ id, name }: GatewayState, serverId: string, path: readonly string[]): Notice {
  return {
    code: "gateway_destroyed_first",
    severity: "warning",
    path,
    message:
      `Gateway ${id} (${name}) is destroyed by this plan, and its server ${serverId} goes to another gateway. A gateway that a server is attached to is ` +
      "not destroyed (gateway_has_servers).",
  };
}
