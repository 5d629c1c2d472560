import { inputOf } from "../testing/cases";
import { judge } from "./judge";

const apart = { token_endpoint: "https://tokens.example/token" };
const before = { issuer: "https://old.example", tokenEndpoint: "https://old.example/token" };
const said = (rest: object) =>
  judge(inputOf({ server: apart, rest })).filter(({ code }) => code === "endpoint-other-origin");

test("An endpoint at another origin is worth knowing at first sight, and worth a look where the program chose another issuer", () => {
  expect(said({})).toMatchObject([{ severity: "info" }]);
  const choice = { authorizationServerUrl: "https://old.example" };
  expect(said({ accepted: before, choice })).toMatchObject([
    { severity: "warn", fix: expect.stringContaining("applying accepts them") },
  ]);
});
