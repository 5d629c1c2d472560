import { startTableIssuer, type TableIssuer } from "@mcpstack/local-api";
import { configure } from "../connection/runs";
import { unknownValue } from "../values";
import { checkGateway } from "./check";

let issuer: TableIssuer;
beforeAll(async () => {
  issuer = await startTableIssuer();
  const config: Record<string, string> = { "mcpstack:accessToken": "token", "mcpstack:apiUrl": "http://127.0.0.1:9" };
  configure({ config: { get: (key) => config[key] } });
});
afterAll(() => issuer.close());

const metadataCheck = unknownValue;
const program = () => ({ name: "Support", providerType: "manual", authorizationServerUrl: issuer.url });
const accepted = () => ({
  issuer: issuer.url,
  authorizationEndpoint: `${issuer.url}/authorize`,
  tokenEndpoint: `${issuer.url}/token`,
  registrationEndpoint: `${issuer.url}/register`,
  codeChallengeMethods: ["S256"],
});

test("while it is not known whether to look, a preview looks as it did before, and shows as unknown what has moved", async () => {
  const moved = { ...accepted(), jwksUri: `${issuer.url}/old-keys` };
  const { inputs } = await checkGateway({ ...program(), metadata: moved }, { ...program(), metadataCheck });
  expect(inputs.metadata).toEqual({ ...accepted(), jwksUri: unknownValue });
});

test("and where nobody looked before, the update may find anything", async () => {
  const olds = { ...program(), metadataCheck: "off", metadata: accepted() };
  const { inputs } = await checkGateway(olds, { ...program(), metadataCheck });
  expect(inputs.metadata).toBe(unknownValue);
});

test("settings that mean the same keep their text, and an empty value is left out, beside one another", async () => {
  const olds = { ...program(), metadataCheck: "off", settings: '{"a": 1.0}' };
  const news = { ...program(), metadataCheck: "off", settings: { a: 1 }, settingsWo: "", scopes: [], description: "" };
  const { inputs, failures = [] } = await checkGateway(olds, news);
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ ...program(), settings: '{"a": 1.0}' });
  for (const name of ["scopes", "description", "settingsWo"]) expect(inputs).not.toHaveProperty(name);
});
