import { isApiError } from "../errors/api-error";
import { resolveConnection } from "./resolve-connection";
import type { Environment } from "./settle-connection";

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
    "a credential as argument goes where the renamed set says, with its organization",
    { accessToken: "token" },
    { AGENETIX_API_URL: "https://api.example.com", AGENETIX_ORG_ID: "org", MCPSTACK_ORG_ID: "other" },
    { apiUrl: "https://api.example.com", organization: "org", credential: { source: "access_token argument" } },
  ],
  [
    "a key as argument goes to the renamed set's own default where that set names an organization alone",
    { apiKey: "key" },
    { AGENETIX_ORG_ID: "org" },
    { apiUrl: "https://api.agenetix.com", organization: "org" },
  ],
  [
    "a set's credential that came through an argument goes to that set's address",
    { apiKey: "theirs" },
    { AGENETIX_API_URL: "https://api.example.com", MCPSTACK_API_KEY: "theirs", AGENETIX_API_KEY: "key" },
    { apiUrl: "https://api.mcpstack.com", credential: { source: "api_key argument" } },
  ],
  [
    "two sets that agree say it together",
    { accessToken: "token" },
    {
      MCPSTACK_API_URL: "https://API.example.com/",
      AGENETIX_API_URL: "https://api.example.com",
      AGENETIX_ORG_ID: "org",
    },
    { apiUrl: "https://api.example.com", organization: "org" },
  ],
  [
    "the organization of the set that has the argument's address is meant, where both name one",
    { accessToken: "token", apiUrl: "https://two.example.com/" },
    {
      MCPSTACK_API_URL: "https://one.example.com",
      MCPSTACK_ORG_ID: "one",
      AGENETIX_API_URL: "https://two.example.com",
      AGENETIX_ORG_ID: "two",
    },
    { apiUrl: "https://two.example.com", organization: "two" },
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

/** Every combination of what an argument and either set of variables can say. */
const combinations = [undefined, "free", "MCPSTACK", "AGENETIX"].flatMap((argument) =>
  Array.from({ length: 256 }, (_, bits) => {
    const bit = (at: number) => ((bits >> at) & 1) === 1;
    return {
      argument,
      apiUrl: bit(0),
      organization: bit(1),
      sets: [
        { name: "MCPSTACK", standard: "https://api.mcpstack.com", url: bit(2), org: bit(3), key: bit(4) },
        { name: "AGENETIX", standard: "https://api.agenetix.com", url: bit(5), org: bit(6), key: bit(7) },
      ],
    };
  }),
);
type Combination = (typeof combinations)[number];

const urlOf = (name: string) => `https://api.${name.toLowerCase()}.example`;

function settledBy({ argument, apiUrl, organization, sets }: Combination) {
  const config = {
    ...(argument && { apiKey: `key of ${argument}`.replaceAll(" ", "-") }),
    ...(apiUrl && { apiUrl: urlOf("argument") }),
    ...(organization && { organization: "org of argument" }),
  };
  const env = Object.fromEntries(
    sets.flatMap(({ name, url, org, key }) => [
      ...(url ? [[`${name}_API_URL`, urlOf(name)]] : []),
      ...(org ? [[`${name}_ORG_ID`, `org of ${name}`]] : []),
      ...(key ? [[`${name}_API_KEY`, `key-of-${name}`]] : []),
    ]),
  );
  try {
    return resolveConnection(config, env);
  } catch (error) {
    if (isApiError(error)) return error;
    throw error;
  }
}

describe("in every combination of an argument and two sets of variables", () => {
  const settled = combinations.map((combination) => ({ ...combination, result: settledBy(combination) }));
  const connected = settled.flatMap(({ result, ...rest }) => (isApiError(result) ? [] : [{ ...rest, result }]));
  const ownerIn = ({ argument, sets }: Combination) =>
    sets.find(({ name, key }) => key && (argument === undefined || argument === name));

  test("there is a connection, unless there is no credential, or nobody says which set one is for", () => {
    for (const combination of settled) {
      const { argument, apiUrl, organization, sets, result } = combination;
      const both = (part: "url" | "org") => sets.every((set) => set[part]);
      const one = (part: "url" | "org") => sets.some((set) => set[part]);
      const noCredential = argument === undefined && !sets.some(({ key }) => key);
      const addresses = !apiUrl && both("url");
      const organizations = !organization && both("org") && (apiUrl || !one("url"));
      const free = !noCredential && ownerIn(combination) === undefined;
      const code = noCredential ? "credential_missing" : "connection_ambiguous";
      const refused = noCredential || (free && (addresses || organizations));
      expect([combination, isApiError(result) && result.code]).toEqual([combination, refused && code]);
    }
    expect(connected.length).toBeGreaterThan(700);
  });

  test("a set's credential goes to its own set's address, or to the argument's, and never to the other set's", () => {
    for (const combination of connected) {
      const owner = ownerIn(combination);
      if (!owner) continue;
      const expected = combination.apiUrl ? urlOf("argument") : owner.url ? urlOf(owner.name) : owner.standard;
      expect([combination, combination.result.apiUrl]).toEqual([combination, expected]);
      if (combination.argument === undefined) expect(combination.result.credential.value).toBe(`key-of-${owner.name}`);
    }
  });

  test("any other credential goes where a set says, and by default only where neither says anything", () => {
    for (const combination of connected.filter((one) => ownerIn(one) === undefined)) {
      const { sets, apiUrl, result } = combination;
      const named = sets.find(({ url }) => url);
      const placed = named ?? sets.find(({ org }) => org);
      const wanted = apiUrl ? urlOf("argument") : named ? urlOf(named.name) : placed?.standard;
      if (!combination.organization)
        expect([combination, result.apiUrl]).toEqual([combination, wanted ?? sets[0]?.standard]);
      else expect([combination, result.apiUrl]).toEqual([combination, wanted ?? expect.any(String)]);
    }
  });

  test("the organization is the argument's, or that of the set with the address, never the other set's", () => {
    for (const { organization, result, sets } of connected) {
      const source = sets.find(({ name, standard }) => [urlOf(name), standard].includes(result.apiUrl));
      if (organization) expect(result.organization).toBe("org of argument");
      else if (source) expect([undefined, `org of ${source.name}`]).toContain(result.organization);
      if (!organization && source?.org) expect(result.organization).toBe(`org of ${source.name}`);
    }
  });
});

test.each<[Config, Environment, RegExp]>([
  [
    { accessToken: "sesame-1" },
    { MCPSTACK_API_URL: "https://one.example.com", AGENETIX_API_URL: "https://two.example.com" },
    /access_token argument.*MCPSTACK_API_URL names https:\/\/one\.example\.com.*AGENETIX_API_URL names https:\/\/two.*api_url/,
  ],
  [
    { apiKey: "sesame-2", apiUrl: "https://api.example.com" },
    { MCPSTACK_ORG_ID: "one", AGENETIX_ORG_ID: "two" },
    /api_key argument.*MCPSTACK_ORG_ID names one.*AGENETIX_ORG_ID names two.*organization argument/,
  ],
])("what the two sets contradict each other in is named, and no credential: %#", (config, env, message) => {
  expect(() => resolveConnection(config, env)).toThrow(message);
  expect(() => resolveConnection(config, env)).not.toThrow(/sesame/);
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
