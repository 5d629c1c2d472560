import type { AttachmentState, GatewayProfile } from "@mcpstack/model";

export interface ExistingGateway {
  readonly id: string;
  /** The identifier in the program. */
  readonly label: string;
  readonly profile: GatewayProfile;
}

export interface ExistingAttachment {
  readonly state: AttachmentState;
  readonly label: string;
  /** How people call the server. */
  readonly serverName?: string | undefined;
  /** The gateway's label, where the gateway is taken over too. */
  readonly gatewayLabel?: string | undefined;
}

/** What is to be taken over: plain data for the writers. */
export interface Existing {
  readonly organization: string;
  readonly gateways: readonly ExistingGateway[];
  readonly attachments: readonly ExistingAttachment[];
}
