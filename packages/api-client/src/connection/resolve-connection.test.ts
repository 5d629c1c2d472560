import { isApiError } from "../errors/api-error";
import { type Environment, resolveConnection } from "./resolve-connection";

type Config = Parameters<typeof resolveConnection>[0];

const resolved: [string, Config, Environment, object][] = [
  [
    "the access token wins where a key is set too",
    {},
    { MCPSTACK_ACCESS_TOKEN: "token", MCPSTACK_API_KEY: "key" },
    {
      apiUrl: "https://api.mcpstack.com",
      credential: { kind: "accessToken", value: "token", source: "MCPSTACK_ACCESS_TOKEN" },
    },
  ],
  [
    "an argument wins over the environment, a key as argument over a token in it",
    { apiKey: "mine" },
    { MCPSTACK_ACCESS_TOKEN: "token" },
    { credential: { kind: "apiKey", value: "mine", source: "api_key argument" } },
  ],
  [
    "the trailing slash of the address is dropped",
    {},
    { MCPSTACK_API_KEY: "key", MCPSTACK_API_URL: "https://api.example.com/base//" },
    { apiUrl: "https://api.example.com/base" },
  ],
  [
    "the organization comes from the argument first",
    { organization: "petalpal" },
    { MCPSTACK_API_KEY: "key", MCPSTACK_ORG_ID: "other" },
    { organization: "petalpal" },
  ],
  [
    "the renamed set is read whole where no other credential is set",
    {},
    {
      AGENETIX_API_KEY: "key",
      AGENETIX_ORG_ID: "org",
      MCPSTACK_ORG_ID: "other",
      MCPSTACK_API_URL: "https://api.example.com",
    },
    {
      apiUrl: "https://api.agenetix.com",
      organization: "org",
      credential: { kind: "apiKey", value: "key", source: "AGENETIX_API_KEY" },
    },
  ],
  [
    "the renamed set's address is not used for a credential of the other set",
    {},
    { MCPSTACK_API_KEY: "key", AGENETIX_API_URL: "https://api.example.com", AGENETIX_ORG_ID: "org" },
    { apiUrl: "https://api.mcpstack.com" },
  ],
  [
    "the renamed set is not read where the program gives a credential",
    { accessToken: "token" },
    { AGENETIX_API_KEY: "key", AGENETIX_API_URL: "https://api.example.com" },
    { apiUrl: "https://api.mcpstack.com", credential: { source: "access_token argument" } },
  ],
  [
    "an empty variable counts as none, and a line end is no part of a credential",
    { apiUrl: "" },
    { MCPSTACK_ACCESS_TOKEN: " ", MCPSTACK_API_KEY: "key\n" },
    { apiUrl: "https://api.mcpstack.com", credential: { value: "key" } },
  ],
  [
    "plain http is taken for the loopback host",
    { apiUrl: "http://127.0.0.1:8080/" },
    { MCPSTACK_API_KEY: "key" },
    { apiUrl: "http://127.0.0.1:8080" },
  ],
];

test.each(resolved)("%s", (_, config, env, expected) => {
  expect(resolveConnection(config, env)).toMatchObject(expected);
});

test("no organization is named where none is given", () => {
  expect(resolveConnection({}, { MCPSTACK_API_KEY: "key", AGENETIX_ORG_ID: "org" })).not.toHaveProperty("organization");
});

const refused: [string, Config, Environment, string, RegExp][] = [
  ["no credential", {}, {}, "credential_missing", /MCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY/],
  ["white space in it", { accessToken: "to ken" }, {}, "credential_invalid", /^(?!.*to ken).*access_token argument/],
  ["http to another machine", { apiUrl: "http://api.example.com", apiKey: "key" }, {}, "insecure_api_url", /api_url/],
  [
    "no URL",
    {},
    { MCPSTACK_API_KEY: "key", MCPSTACK_API_URL: "api.example.com" },
    "invalid_api_url",
    /MCPSTACK_API_URL/,
  ],
  ["a query", { apiUrl: "https://api.example.com?x=1", apiKey: "key" }, {}, "invalid_api_url", /query/],
  ["user information", { apiUrl: "https://me:pw@api.example.com", apiKey: "key" }, {}, "invalid_api_url", /^(?!.*pw)/],
];

test.each(refused)("a connection with %s is refused", (_, config, env, code, message) => {
  try {
    resolveConnection(config, env);
  } catch (error) {
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(isApiError(error)).toBe(true);
    return;
  }
  throw new Error("it was taken");
});
