import type { GatewayProfile } from "@mcpstack/model";
import { inputOf } from "../testing/cases";
import { judge } from "./judge";
import type { JudgeInput } from "./subject";

const accepted = {
  issuer: "https://id.example",
  authorizationEndpoint: "https://id.example/authorize",
  tokenEndpoint: "https://tokens.example/token",
};
const server = { token_endpoint: "https://tokens.example/token" };
const evil = "https://evil.example/token";

interface Situation extends Partial<Pick<JudgeInput, "setElsewhere" | "filled">> {
  readonly profile?: Partial<GatewayProfile>;
}

test.each<[string, Situation, "error" | "warn" | undefined]>([
  ["a foreign token endpoint that somebody set", { setElsewhere: { tokenEndpoint: evil } }, "error"],
  ["a foreign metadata URL that somebody set", { setElsewhere: { metadataUrl: evil } }, "error"],
  [
    "a foreign endpoint that stood there before, beside what was accepted",
    { filled: { tokenEndpoint: evil } },
    "error",
  ],
  ["one at the issuer's own origin", { setElsewhere: { tokenEndpoint: "https://id.example/other" } }, "warn"],
  [
    "one at the origin that was accepted for tokens",
    { setElsewhere: { tokenEndpoint: "https://tokens.example/x" } },
    "warn",
  ],
  [
    "one that was accepted in another role",
    { setElsewhere: { authorizationEndpoint: "https://tokens.example/x" } },
    "error",
  ],
  ["a client id", { profile: { clientId: undefined }, setElsewhere: { clientId: "theirs" } }, "warn"],
  ["scopes", { profile: { scopes: undefined }, setElsewhere: { scopes: ["admin"] } }, "warn"],
  [
    "what the service filled in and was accepted",
    { filled: { tokenEndpoint: "https://tokens.example/token" } },
    undefined,
  ],
  [
    "what the program names itself",
    { profile: { tokenEndpoint: evil }, setElsewhere: { tokenEndpoint: evil } },
    undefined,
  ],
])("%s", (_, { profile, ...rest }, severity) => {
  const found = judge(inputOf({ profile: profile ?? {}, server, rest: { accepted, ...rest } }));
  const said = found.filter(({ code }) => code === "set-outside-program");
  expect(said.map((finding) => finding.severity)).toEqual(severity ? [severity] : []);
});

test.each<[string, Situation, string]>([
  ["since", { setElsewhere: { tokenEndpoint: evil } }, "Applying takes it away"],
  ["before the last write or import", { filled: { tokenEndpoint: evil } }, "take it away at the service."],
])("Who reads that a foreign endpoint was set %s reads what ends it", (_, { profile, ...rest }, says) => {
  const found = judge(inputOf({ profile: profile ?? {}, server, rest: { accepted, ...rest } }));
  expect(found.find(({ code }) => code === "set-outside-program")?.fix).toContain(says);
});

test("At first sight what stands there already is no move", () => {
  const found = judge(inputOf({ server, rest: { filled: { tokenEndpoint: "https://tokens.example/token" } } }));
  expect(found.map(({ code }) => code)).not.toContain("set-outside-program");
});

test("A service that follows a refused move is said once, with the move", () => {
  const found = judge(
    inputOf({ server: { token_endpoint: evil }, rest: { accepted, filled: { tokenEndpoint: evil } } }),
  );
  const errors = found.filter(({ severity }) => severity === "error");
  expect(errors.map(({ code }) => code)).toEqual(["origin-moved"]);
});
