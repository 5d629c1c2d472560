import { createRequire } from "node:module";
import path from "node:path";

/**
 * What Pulumi keeps as the provider of a resource, in its state, and evaluates in the project's folder. It is part of every resource's
 * inputs: changing a byte of it is a change of every gateway that exists, and belongs into CHANGELOG.
 */
export const providerText = {
  gateway: "exports.handler = () => require('@mcpstack/pulumi/provider').gateway;",
  attachment: "exports.handler = () => require('@mcpstack/pulumi/provider').attachment;",
} as const;

/** `@mcpstack/pulumi` was found by the program, but its provider cannot be found from the project's folder. */
export class ProviderNotInstalled extends Error {
  override readonly name = "ProviderNotInstalled";
  readonly code = "provider_not_installed";

  constructor(folder: string) {
    super(
      `@mcpstack/pulumi is not installed where Pulumi looks for it: ${folder}. Its provider runs in a process of its own, which finds ` +
        "only what the project itself depends on. Run `npm install @mcpstack/pulumi` there.",
    );
  }
}

const found = new Set<string>();

/** Fails early where the provider's process could only say "Cannot find module". */
export function assertInstalled(folder: string = process.cwd()): void {
  if (found.has(folder)) return;
  try {
    createRequire(path.join(folder, "index.js")).resolve("@mcpstack/pulumi/provider");
  } catch {
    throw new ProviderNotInstalled(folder);
  }
  found.add(folder);
}
