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

test("The names of what was accepted are Terraform's, too", () => {
  expect(
    inProgramsSpelling("jwksUri from x; codeChallengeMethods is gone", { kind: "terraform-state", name: "x" }),
  ).toBe("jwks_uri from x; code_challenge_methods is gone");
});

test.each(["organization", "url", "terraform-state", "terraform-plan", "pulumi-stack"] as const)(
  "How metadata is read is an option of the command, whatever is checked: %s",
  (kind) => {
    const said = (text: string) => inProgramsSpelling(text, { kind, name: "x" });
    expect(said("Set caFile to a file with the PEM certificate")).toBe(
      "Give --ca-file a file with the PEM certificate",
    );
    expect(said("For a test network only: set allowInsecureMetadata to true.")).toBe(
      "For a test network only: give --allow-insecure-metadata.",
    );
  },
);

test("What a finding counts as is an option of the command where no program is at hand", () => {
  const text = 'No check can see that: let findings say "off" for par-required then.';
  for (const kind of ["organization", "url"] as const)
    expect(inProgramsSpelling(text, { kind, name: "x" })).toBe(
      "No check can see that: give --finding par-required=off then.",
    );
  for (const kind of ["terraform-plan", "pulumi-stack"] as const)
    expect(inProgramsSpelling(text, { kind, name: "x" })).toBe(text);
});
