import fc from "fast-check";
import type { GatewayState } from "../fields/gateway";
import { editedFields, isWrittenToApi, observedIntoState } from "./gateway";

const state: GatewayState = {
  id: "gw_1",
  organizationId: "org_1",
  name: "Support",
  providerType: "auth0",
  authorizationServerUrl: "https://Tenant.auth0.com",
  resource: "https://api.example.com",
  scopes: ["openid", "email"],
};
const observed = {
  name: "Support",
  providerType: "auth0",
  authorizationServerUrl: "https://tenant.auth0.com/",
  resource: "https://api.example.com",
  scopes: ["email", "openid", "email"],
};

/** The service is taken to have filled in whatever the state leaves unset. */
const everything = () => true;

describe("observed against state", () => {
  test("what means the same keeps the state's spelling", () => {
    expect(observedIntoState(state, observed, {}, everything)).toEqual({ ...state, settings: undefined });
  });

  test("letters that are composed otherwise are no drift: no engine can tell them apart", () => {
    const decomposed = {
      ...observed,
      name: "Cafe\u0301",
      resource: "https://api.example.com/e\u0301",
      scopes: ["e\u0301"],
    };
    const composed = { ...state, name: "Café", resource: "https://api.example.com/é", scopes: ["é"] };
    expect(observedIntoState(composed, decomposed, {}, everything)).toEqual({ ...composed, settings: undefined });
  });

  test("what a required field lacks may stay so, and what somebody sets there is drift", () => {
    const { authorizationServerUrl, ...without } = observed;
    const lacking = { ...state, authorizationServerUrl: "" };
    expect(observedIntoState(lacking, without, {}, () => false)).toEqual({ ...lacking, settings: undefined });
    expect(observedIntoState(lacking, observed, {}, () => false)).toMatchObject({ authorizationServerUrl });
  });

  test("what the service fills into an unset field is not drift", () => {
    const filled = { ...observed, tokenEndpoint: "https://tenant.auth0.com/oauth/token", description: "made for you" };
    expect(observedIntoState(state, filled, { callbackUrl: "https://x" }, everything)).toEqual({
      ...state,
      settings: undefined,
    });
  });

  test("what somebody else sets in an unset field is drift, at that field alone", () => {
    const set = { ...observed, tokenEndpoint: "https://evil.example.net/token", description: "made for you" };
    const isFilled = (field: string, value: unknown) => field === "description" && value === "made for you";
    expect(observedIntoState(state, set, {}, isFilled)).toEqual({
      ...state,
      tokenEndpoint: "https://evil.example.net/token",
      settings: undefined,
    });
  });

  test("one of a URL's names that says something else is drift", () => {
    const disagreeing = { metadataUrl: ["https://evil.example.net/metadata"] };
    for (const written of [undefined, "https://tenant.auth0.com/metadata"]) {
      const known = { ...state, metadataUrl: written };
      const isFilled = (_: string, value: unknown) => value === "https://tenant.auth0.com/metadata";
      const seen = { ...observed, metadataUrl: "https://tenant.auth0.com/metadata" };
      expect(observedIntoState(known, seen, {}, isFilled).metadataUrl).toBe(written);
      expect(observedIntoState(known, seen, {}, isFilled, disagreeing).metadataUrl).toBe(disagreeing.metadataUrl[0]);
    }
  });

  test("what differs is taken as observed", () => {
    const moved = observedIntoState(
      state,
      { ...observed, resource: "https://other.example.com", scopes: ["openid"] },
      {},
      everything,
    );
    expect(moved).toMatchObject({ resource: "https://other.example.com", scopes: ["openid"] });
  });

  test("what was cleared outside is cleared in state", () => {
    expect(observedIntoState(state, { ...observed, resource: undefined }, {}, everything).resource).toBeUndefined();
  });

  test("settings are compared by the keys that the program wrote, at every depth, and a masked value is taken to be there", () => {
    const settings = { identityResolution: { claim: "sub" }, clientSecret: "s" };
    const same = { identityResolution: { claim: "sub", added: true }, clientSecret: "****", extra: 1 };
    expect(observedIntoState({ ...state, settings }, observed, same, everything).settings).toBe(settings);
    expect(
      observedIntoState(
        { ...state, settings },
        observed,
        { ...same, identityResolution: { claim: "email" } },
        everything,
      ).settings,
    ).toEqual({
      ...settings,
      identityResolution: { claim: "email" },
    });
    expect(observedIntoState({ ...state, settings }, observed, { clientSecret: "****" }, everything).settings).toEqual({
      clientSecret: "s",
    });
  });

  test("taking the same observation in twice changes nothing more", () => {
    const text = fc.option(fc.webUrl(), { nil: undefined });
    fc.assert(
      fc.property(
        text,
        text,
        fc.array(fc.constantFrom("a", "b", "c")),
        fc.dictionary(fc.string(), fc.jsonValue()),
        (resource, tokenEndpoint, scopes, rest) => {
          const seen = { ...observed, resource, tokenEndpoint, scopes };
          const once = observedIntoState(state, seen, rest as never, () => false);
          expect(observedIntoState(once, seen, rest as never, () => false)).toEqual(once);
        },
      ),
    );
  });
});

describe("an edit of the program", () => {
  test.each([
    [{ authorizationServerUrl: "https://Tenant.auth0.com/" }, ["authorizationServerUrl"]],
    [{ authorizationServerUrl: "https://tenant.auth0.com" }, ["authorizationServerUrl"]],
    [{ scopes: ["email", "openid"] }, []],
    [{ scopes: ["openid", "email", "profile"] }, ["scopes"]],
    [{ clientId: "abc" }, ["clientId"]],
    [{ resource: undefined }, ["resource"]],
    [{ settingsWo: { secret: "x" } }, []],
    [{ settingsWoVersion: 2 }, ["settingsWoVersion"]],
    [{ metadataCheck: "off" as const }, ["metadataCheck"]],
  ])("%j changes %j", (edit, fields) => {
    expect(editedFields(state, { ...state, ...edit })).toEqual(fields);
  });

  test("what lives in state alone is not written to the API", () => {
    expect(["metadataCheck", "trustedOrigins", "findings"].some((name) => isWrittenToApi(name as "findings"))).toBe(
      false,
    );
    expect(["name", "scopes", "settings", "settingsWoVersion"].every((name) => isWrittenToApi(name as "name"))).toBe(
      true,
    );
  });
});
