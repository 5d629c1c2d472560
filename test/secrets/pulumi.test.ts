// Some of the cases of the sentinel through the real Pulumi.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Gateway } from "@mcpstack/pulumi";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { inlineProject } from "../pulumi/inline-project";
import { type Echoing, echoing, echoingService, secretsOf } from "./echoing-service";
import { expectNowhere, type Place } from "./places";

/** A write that is answered with an error says the most. */
const cases = fc.sample(
  echoing
    .filter(({ action }) => "status" in action && action.status >= 400)
    .map((of): Echoing => ({ ...of, match: { method: "POST" }, after: 0 })),
  { numRuns: 4, seed: 20260506 },
);

test.each(cases.map((of) => [of.where, of] as const))(
  "prints and keeps no piece of a secret that comes %s",
  async (_, of) => {
    const { api, plant } = await echoingService(of);
    const project = await inlineProject("sentinel", api.environment());
    try {
      const { clientSecret, keys } = of.writeOnly;
      const program = async () => {
        new Gateway("new", {
          name: "New",
          providerType: "manual",
          authorizationServerUrl: "https://auth.example.invalid",
          metadataCheck: "off",
          settingsWo: { clientSecret: pulumi.secret(clientSecret), keys: { a: [...keys.a] } },
          settingsWoVersion: 1,
        });
      };
      await project.preview(program, { diff: true });
      plant();
      const refused = await project.up(program, { mayFail: true, diff: true });
      expect(refused.ok).toBe(false);
      api.faults.clear();
      await project.up(program, { diff: true });
      await project.refresh({ mayFail: true });
      expectNowhere([["output", project.said()], ...stateFiles(project.folder)], ...secretsOf(of));
      await project.destroy();
    } finally {
      project.remove();
      await api.close();
    }
  },
);

/** Every file of the state, where Pulumi itself keeps secrets encrypted. */
function stateFiles(folder: string): Place[] {
  const state = path.join(folder, "state");
  return readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), readFileSync(file, "utf8")];
    });
}
