import type { Run } from "@mcpstack/reconciler";
import type { ConfigSource } from "../engine/contract";
import { say } from "../engine/say";
import { Operation } from "./operation";

/**
 * The operation of the provider's own process. The engine starts a process for each operation and gives it one configuration, twice: once
 * for gateways and once for attachments, which share it.
 */
let operation: Operation | undefined;

/** Takes `pulumi config`. It must have assigned before its first await: the engine reads in parallel and does not wait for it. */
export function configure({ config }: { readonly config: ConfigSource }): void {
  operation ??= new Operation({ config, say });
}

/** The run for a resource's connection. */
export function runFor(connection: unknown): Run {
  operation ??= new Operation({ config: { get: () => undefined }, say });
  return operation.runFor(connection);
}
