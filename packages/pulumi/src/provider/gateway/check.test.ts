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

describe("metadata that the engine puts back, since a program ignores its changes,", () => {
  const moved = () => ({ ...accepted(), jwksUri: `${issuer.url}/old-keys` });

  test("stays while the program names the same issuer", async () => {
    const olds = { ...program(), metadata: moved() };
    const { inputs } = await checkGateway(olds, { ...program(), name: "Other", metadata: moved() });
    expect(inputs.metadata).toEqual(moved());
  });

  test("is of no other issuer, and of none that is not known yet", async () => {
    const other = await startTableIssuer();
    const olds = { ...program(), metadata: moved() };
    const chosen = { ...olds, authorizationServerUrl: other.url };
    expect((await checkGateway(olds, chosen)).inputs.metadata).toMatchObject({ issuer: other.url });
    await other.close();
    // Where nobody can, or shall, read what the other one publishes, nothing is accepted of it.
    const unread = [
      { authorizationServerUrl: "http://127.0.0.1:9" },
      { authorizationServerUrl: "https://b.example", metadataCheck: "off" },
    ];
    for (const edit of unread)
      expect((await checkGateway(olds, { ...olds, ...edit })).inputs).not.toHaveProperty("metadata");
    const open = { ...olds, authorizationServerUrl: unknownValue };
    expect((await checkGateway(olds, open)).inputs.metadata).toBe(unknownValue);
  });

  test("is nothing that a program can say itself", async () => {
    const said = { ...program(), metadata: { ...accepted(), tokenEndpoint: "https://elsewhere.example/token" } };
    for (const olds of [{ ...program(), metadata: accepted() }, program()]) {
      const { failures = [] } = await checkGateway(olds, said);
      expect(failures.map(({ reason }) => reason)).toEqual([
        expect.stringContaining("is not an argument of a gateway"),
      ]);
    }
    expect((await checkGateway({}, said)).inputs.metadata).toMatchObject(accepted());
    const { inputs } = await checkGateway({}, { ...said, metadataCheck: "off", __memory: { filled: {} } });
    expect(inputs).not.toHaveProperty("metadata");
    expect(inputs).not.toHaveProperty("__memory");
  });
});

test("settings with an asset, an archive or a resource in them are refused, at any depth", async () => {
  const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "hi" };
  for (const name of ["settings", "settingsWo"]) {
    const { failures = [] } = await checkGateway(
      {},
      { ...program(), metadataCheck: "off", settingsWoVersion: 1, [name]: { a: [{ b: asset }] } },
    );
    expect(failures.map(({ reason }) => reason)).toEqual([expect.stringContaining("holds an asset")]);
  }
});
