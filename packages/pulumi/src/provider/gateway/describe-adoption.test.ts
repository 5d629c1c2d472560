import { ApiClient, resolveConnection } from "@mcpstack/api-client";
import { describeAdoption } from "./describe-adoption";

const { secrets } = new ApiClient(resolveConnection({ accessToken: "tok_0123456789" }, {}));
secrets.add({ clientSecret: "qu7-Zebra-19" });

test("what would be written is told field by field, without what the service repeats of a secret, and not what settingsWo is", () => {
  const plan = {
    id: "gtw_1",
    refused: [],
    changes: [
      { field: "description", from: "secret: qu7-Zebra", to: undefined },
      { field: "settingsWoVersion", from: undefined, to: 1 },
    ],
  } as const;
  expect(describeAdoption('Gateway "Support"', plan, secrets)).toBe(
    [
      'Gateway "Support" takes over the existing gateway gtw_1 and changes it:',
      '  description: "secret: [secret]" => (not set)',
      "  settingsWo: written",
    ].join("\n"),
  );
});
