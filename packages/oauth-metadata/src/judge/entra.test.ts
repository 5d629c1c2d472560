import { goodProfile, inputOf, type Situation } from "../testing/cases";
import { judge } from "./judge";

const tenant = "11111111-2222-3333-4444-555555555555";
const guid = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
const v2 = `https://login.microsoftonline.com/${tenant}/v2.0`;
const v1 = `https://sts.windows.net/${tenant}/`;
const judged = (situation: Situation) => judge(inputOf(situation)).filter(({ severity }) => severity !== "info");
const about = (found: ReturnType<typeof judged>, code: string) => found.find((one) => one.code === code);

describe("A resource that is no web address has no host that could be private", () => {
  const scopes = ["offline_access", `api://${guid}/read`];
  const profile = { authorizationServerUrl: v2, resource: "https://api4.example.com", scopes };
  const server = { issuer: v2 };
  const resource = { resource: `api://${guid}`, authorization_servers: [v2] };

  test.each([
    ["which the resource publishes", { profile, server, resource }, "resource-mismatch"],
    ["beside what the resource publishes", { profile, server, resource }, "resource-scope-prefix"],
    ["which the scopes alone name", { profile, server, resource: [] }, "resource-scope-prefix"],
  ] as const)("and is advised: one %s", (_, situation, code) => {
    const finding = about(judged(situation), code);
    expect(finding?.advice?.profile).toEqual({ resource: `api://${guid}` });
    expect(`${finding?.summary} ${finding?.fix}`).not.toMatch(/not public|api4.example.com\/"/);
  });

  test("and ends both findings", () => {
    expect(judged({ profile: { ...profile, resource: `api://${guid}` }, server, resource: [] })).toEqual([]);
  });
});

describe("The first version of Entra ID takes a resource by itself", () => {
  const endpoints = {
    authorization_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/authorize`,
    token_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/token`,
  };
  const profile = {
    authorizationServerUrl: v1,
    resource: "https://api.contoso.com",
    scopes: ["openid", "user_impersonation"],
  };
  const resourceCodes = (situation: Situation) =>
    judged(situation).flatMap(({ code }) => (code.startsWith("resource-") ? [code] : []));

  test.each([
    ["its endpoints", { issuer: v1, ...endpoints }],
    ["its issuer alone", { issuer: v1 }],
  ])("as %s tell", (_, server) => {
    expect(resourceCodes({ profile, server, resource: [] })).toEqual([]);
    expect(resourceCodes({ profile: { ...profile, resource: guid }, server, resource: [] })).toEqual([]);
  });

  test("and the second does not, whatever the issuer", () => {
    const token_endpoint = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`;
    expect(resourceCodes({ profile, server: { issuer: v1, token_endpoint }, resource: [] })).toEqual([
      "resource-scope-prefix",
    ]);
    expect(
      resourceCodes({ profile: { ...profile, authorizationServerUrl: v2 }, server: { issuer: v2 }, resource: [] }),
    ).toEqual(["resource-scope-prefix"]);
  });
});

describe("An identifier that is no URI", () => {
  const uri = (issuer: string) =>
    judge(inputOf({ profile: { authorizationServerUrl: issuer, resource: "my-api" }, server: { issuer } })).find(
      ({ code }) => code === "resource-not-uri",
    );

  test("is only worth knowing where the product takes such", () => {
    expect(uri("https://petalpal.eu.auth0.com/")).toMatchObject({ severity: "info" });
    const issuer = "https://id.example/realms/a";
    const server = { issuer, authorization_endpoint: `${issuer}/protocol/openid-connect/auth` };
    const found = judge(inputOf({ profile: { authorizationServerUrl: issuer, resource: "my-api" }, server }));
    expect(found.find(({ code }) => code === "resource-not-uri")).toMatchObject({ severity: "info" });
  });

  test("leaves a way on elsewhere", () => {
    const { severity, fix } = uri(goodProfile.authorizationServerUrl) ?? {};
    expect([severity, fix]).toEqual(["warn", expect.stringContaining('let findings say "off" for resource-not-uri')]);
  });
});
