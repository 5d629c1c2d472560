import { refusedEdits } from "./edits";

const issuer = "https://auth.example.com";
const written = { name: "Support", providerType: "manual", authorizationServerUrl: issuer };
const prior = { ...written, id: "gw", organizationId: "org" };

test.each([
  ["what the service filled in", { filled: { scopes: ['say"hi"'] } }, { scopes: ['say"hi"'] }],
  ["what the service made of what was written", { made: { name: " support " } }, { name: " support " }],
])("%s is at the API, so that a program may say it", async (_, held, edit) => {
  const desired = { ...written, ...edit };
  expect(await refusedEdits(undefined, { prior, memory: { written }, desired })).toMatchObject([
    { path: expect.arrayContaining([Object.keys(edit)[0]]) },
  ]);
  expect(await refusedEdits(undefined, { prior, memory: { written, ...held }, desired })).toEqual([]);
});

test("what the service made of one endpoint is no gateway that has it alone", async () => {
  const both = { ...written, authorizationEndpoint: `${issuer}/authorize`, tokenEndpoint: `${issuer}/token` };
  const memory = { written: both, made: { tokenEndpoint: `${issuer}/token/` } };
  const desired = { ...written, tokenEndpoint: `${issuer}/token/` };
  expect(await refusedEdits(undefined, { prior: { ...prior, ...both }, memory, desired })).toMatchObject([
    { path: ["authorizationEndpoint"] },
  ]);
});

test("a memory without a baseline holds nothing", async () => {
  const memory = { filled: { resource: "a b" }, made: { name: "" } };
  const desired = { ...written, name: "" };
  expect(await refusedEdits(undefined, { prior, memory, desired })).toMatchObject([{ path: ["name"] }]);
});
