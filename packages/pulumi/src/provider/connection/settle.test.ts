import { resolveConnection } from "@mcpstack/api-client";
import { readConfig, settle } from "./settle";

const source = (values: Record<string, string> = {}) => ({ get: (key: string) => values[key] });

describe("where the address, the organization and the credential come from", () => {
  const config = {
    apiUrl: "https://api.config.example",
    organization: "org_config",
    accessToken: "config-token",
  };
  const env = {
    MCPSTACK_API_URL: "https://api.env.example/",
    MCPSTACK_ORG_ID: "org_env",
    MCPSTACK_API_KEY: "env-key",
  };

  test("the environment comes first, and what it decides against the configuration is said", () => {
    const { connection, overridden } = settle({}, config, source(), env);
    expect(connection).toEqual({
      apiUrl: "https://api.env.example",
      organization: "org_env",
      credential: { kind: "apiKey", value: "env-key", source: "MCPSTACK_API_KEY" },
    });
    expect(overridden).toEqual([
      "The environment variable MCPSTACK_API_URL (https://api.env.example/) takes the place of mcpstack:apiUrl (https://api.config.example). Unset one of them.",
      "The environment variable MCPSTACK_ORG_ID (org_env) takes the place of mcpstack:organization (org_config). Unset one of them.",
    ]);
  });

  test("the configuration comes second", () => {
    const { connection, overridden } = settle({}, config, source(), {});
    expect(connection).toEqual({
      apiUrl: "https://api.config.example",
      organization: "org_config",
      credential: { kind: "accessToken", value: "config-token", source: "mcpstack:accessToken" },
    });
    expect(overridden).toEqual([]);
  });

  test("a resource's own connection comes before both, and names where its credential is", () => {
    const own = { apiUrl: "https://api.own.example", organization: "org_own", credentialFrom: { env: "OTHER_KEY" } };
    const { connection, overridden } = settle(own, config, source(), { ...env, OTHER_KEY: "other-key" });
    expect(connection).toEqual({
      apiUrl: "https://api.own.example",
      organization: "org_own",
      credential: { kind: "accessToken", value: "other-key", source: 'environment variable "OTHER_KEY"' },
    });
    expect(overridden).toEqual([]);
  });

  test("a configuration key may be that place", () => {
    const own = { credentialFrom: { config: "mcpstack:other" } };
    const { connection } = settle(own, {}, source({ "mcpstack:other": "other-key" }), {});
    expect(connection.credential.value).toBe("other-key");
  });

  test("the renamed client's variables count only where the other set has no credential", () => {
    const renamed = { AGENETIX_ACCESS_TOKEN: "renamed", AGENETIX_API_URL: "https://api.renamed.example" };
    expect(settle({}, {}, source(), renamed).connection.apiUrl).toBe("https://api.renamed.example");
    expect(settle({}, {}, source(), { ...renamed, ...env }).connection.apiUrl).toBe("https://api.env.example");
  });

  describe("a credential of the configuration, or one that a resource names, goes with the renamed client's variables", () => {
    const renamed = { AGENETIX_API_URL: "https://api.renamed.example", AGENETIX_ORG_ID: "org_renamed" };
    const there = { apiUrl: "https://api.renamed.example", organization: "org_renamed" };

    test("where these name address and organization", () => {
      const configured = settle({}, { apiKey: "config-key" }, source(), renamed);
      expect(configured.connection).toEqual({
        ...there,
        credential: { kind: "apiKey", value: "config-key", source: "mcpstack:apiKey" },
      });
      const own = settle({ credentialFrom: { env: "OTHER" } }, {}, source(), { ...renamed, OTHER: "other-key" });
      expect(own.connection).toMatchObject({ ...there, credential: { value: "other-key" } });
    });

    test("and what the configuration says otherwise is said", () => {
      const { connection, overridden } = settle({}, config, source(), renamed);
      expect(connection).toMatchObject(there);
      expect(overridden).toEqual([
        expect.stringMatching(/AGENETIX_API_URL .* takes the place of mcpstack:apiUrl/),
        expect.stringMatching(/AGENETIX_ORG_ID .* takes the place of mcpstack:organization/),
      ]);
    });

    test("but not one of the other set, whichever way a resource names it", () => {
      const both = { ...renamed, MCPSTACK_API_KEY: "key", COPY: "key" };
      for (const place of ["MCPSTACK_API_KEY", "COPY"]) {
        const { connection } = settle({ credentialFrom: { env: place } }, {}, source(), both);
        expect(connection).toMatchObject({ apiUrl: "https://api.mcpstack.com", credential: { value: "key" } });
        expect(connection).not.toHaveProperty("organization");
      }
    });
  });

  test("two addresses in the environment for one credential are an error that names both", () => {
    const two = { MCPSTACK_API_URL: "https://one.example.com", AGENETIX_API_URL: "https://two.example.com" };
    const settling = () => settle({}, config, source(), two);
    expect(settling).toThrow(expect.objectContaining({ code: "connection_ambiguous" }));
    expect(settling).toThrow(/mcpstack:accessToken.*MCPSTACK_API_URL.*AGENETIX_API_URL/);
  });

  test("the same arguments and variables lead where they lead a Terraform program", () => {
    const part = (bits: number, at: number, values: Record<string, string>) => (((bits >> at) & 1) === 1 ? values : {});
    const outcome = (settling: () => unknown) => {
      try {
        return settling();
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    for (let bits = 0; bits < 512; bits += 1) {
      const env = {
        ...part(bits, 0, { MCPSTACK_API_URL: "https://one.example.com" }),
        ...part(bits, 1, { MCPSTACK_ORG_ID: "org_one" }),
        ...part(bits, 2, { MCPSTACK_ACCESS_TOKEN: "token-one" }),
        ...part(bits, 3, { AGENETIX_API_URL: "https://two.example.com" }),
        ...part(bits, 4, { AGENETIX_ORG_ID: "org_two" }),
        ...part(bits, 5, { AGENETIX_ACCESS_TOKEN: "token-two" }),
      };
      const named = {
        ...part(bits, 6, { apiUrl: "https://own.example.com" }),
        ...part(bits, 7, { organization: "org_own" }),
      };
      const credential = ((bits >> 8) & 1) === 1 ? "token-own" : undefined;
      const terraform = outcome(() => {
        const {
          apiUrl,
          organization,
          credential: used,
        } = resolveConnection({ ...named, accessToken: credential }, env);
        return { apiUrl, organization, value: used.value };
      });
      const pulumi = outcome(() => {
        const own = credential === undefined ? named : { ...named, credentialFrom: { env: "OWN" } };
        const { connection } = settle(own, {}, source(), { ...env, OWN: credential });
        return { apiUrl: connection.apiUrl, organization: connection.organization, value: connection.credential.value };
      });
      expect([env, named, pulumi]).toEqual([env, named, terraform]);
    }
  });

  test.each([
    ["nothing anywhere", {}, /Set the environment variable MCPSTACK_ACCESS_TOKEN/],
    [
      "an empty named variable",
      { credentialFrom: { env: "EMPTY" } },
      /The environment variable "EMPTY" that connection.credentialFrom.env names/,
    ],
    [
      "a missing named key",
      { credentialFrom: { config: "x:y" } },
      /The configuration key that connection.credentialFrom.config names/,
    ],
  ])("%s is an error that names the place", (_, own, message) => {
    const settling = () => settle(own, {}, source(), { EMPTY: " " });
    expect(settling).toThrow(message);
    expect(settling).toThrow(expect.objectContaining({ code: "credential_missing" }));
  });

  test.each([
    ["env", { env: "mcpstack_sk_not4eyes" }],
    ["config", { config: "mcpstack_sk_not4eyes" }],
  ])("the credential in the place of the name that %s takes is not shown", (_, credentialFrom) => {
    const settling = () => settle({ credentialFrom }, {}, source(), {});
    expect(settling).toThrow(expect.objectContaining({ code: "credential_missing" }));
    expect(settling).toThrow(expect.objectContaining({ message: expect.not.stringContaining("not4eyes") }));
  });
});

describe("pulumi config", () => {
  test("lists, maps and switches are JSON, as `pulumi config set --path` writes them", () => {
    const values = source({
      "mcpstack:trustedOrigins": '["https://login.example.com"]',
      "mcpstack:findings": '{"issuer-trailing-slash":"off"}',
      "mcpstack:allowInsecureMetadata": "true",
      "mcpstack:metadataCheck": "error",
    });
    expect(readConfig(values)).toEqual({
      trustedOrigins: ["https://login.example.com"],
      findings: { "issuer-trailing-slash": "off" },
      allowInsecureMetadata: true,
      metadataCheck: "error",
    });
  });

  test.each([
    ["mcpstack:retryTimeout", "1h", "retryTimeout must be a number of seconds"],
    ["mcpstack:readLag", "5.5", "readLag must be a whole number of seconds"],
    ["mcpstack:metadataCheck", "loud", 'metadataCheck must be "error", "warn" or "off"'],
    ["mcpstack:trustedOrigins", "https://a.example", "trustedOrigins must be JSON"],
    ["mcpstack:trustedOrigins", '["https://a.example/path"]', "trustedOrigins must be an origin"],
    ["mcpstack:findings", '{"nope":"off"}', "findings.nope is not the code of a finding"],
    ["mcpstack:apiUrl", "http://api.example.com", "apiUrl must be an https URL"],
  ])("%s = %s is refused, and the key is named", (key, value, message) => {
    expect(() => readConfig(source({ [key]: value }))).toThrow(`The configuration key mcpstack:${message}`);
  });

  test("a refused credential is not printed", () => {
    const reading = () => readConfig(source({ "mcpstack:accessToken": " secret-token " }));
    expect(reading).toThrow("mcpstack:accessToken must not begin or end with white space");
    expect(reading).not.toThrow("secret-token");
  });
});
