import { ApiClient, resolveConnection } from "@mcpstack/api-client";
import { describeAdoption } from "./describe-adoption";

const { secrets } = new ApiClient(resolveConnection({ accessToken: "tok_0123456789" }, {}));
secrets.add({ clientSecret: "qu7-Zebra-19" });

test("what would be written is told field by field, without what the service repeats of a secret or has of user information, and not what settingsWo is", () => {
  const plan = {
    id: "gtw_1",
    refused: [],
    changes: [
      { field: "description", from: "secret: qu7-Zebra", to: undefined },
      { field: "resource", from: "https://me:qu9@api.example.com", to: "https://api.example.com" },
      { field: "settingsWoVersion", from: undefined, to: 1 },
    ],
  } as const;
  expect(describeAdoption('Gateway "Support"', plan, secrets)).toBe(
    [
      'Gateway "Support" takes over the existing gateway gtw_1 and changes it:',
      '  description: "secret: [secret]" => (not set)',
      '  resource: "https://api.example.com" => "https://api.example.com"',
      "  settingsWo: written",
    ].join("\n"),
  );
});
