// Where a test's Pulumi projects lie, and what they run in.
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { pulumiFolder } from "../engines/located";

/** Of the repository. */
export const root = path.resolve(__dirname, "../..");

/** Where programs and their providers find the packages of this workspace. */
export function projectFolder(name: string): string {
  const folder = path.join(root, ".cache/pulumi", `${name}-${process.pid}-${randomUUID().slice(0, 8)}`);
  mkdirSync(path.join(folder, "state"), { recursive: true });
  return folder;
}

/** The environment in which Pulumi runs without an account, and its state beside the project. */
export function pulumiEnvironment(folder: string): Record<string, string> {
  return {
    PATH: `${pulumiFolder()}${path.delimiter}${process.env.PATH}`,
    PULUMI_BACKEND_URL: `file://${folder}/state`,
    PULUMI_HOME: path.join(root, ".cache/pulumi-home"),
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_COPILOT: "true",
  };
}
