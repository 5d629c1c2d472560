import { inProgramsSpelling } from "./spelling";

const text = 'Set authorizationServerUrl to "https://x.example/authorizationServerUrl", or add to trustedOrigins.';

test("Terraform's names stand outside of quotes, values stay as they are", () => {
  expect(inProgramsSpelling(text, { kind: "terraform-state", name: "x" })).toBe(
    'Set authorization_server_url to "https://x.example/authorizationServerUrl", or add to trusted_origins.',
  );
});

test("other programs and the API have the names as they are", () => {
  for (const kind of ["organization", "pulumi-stack", "url"] as const)
    expect(inProgramsSpelling(text, { kind, name: "x" })).toBe(text);
});
