// A secret that is no usable value is refused without being repeated: no parser's message, which quotes what it read, reaches a person.
import { resolveConnection } from "@mcpstack/api-client";
import { startLocalApi } from "@mcpstack/local-api";
import { connectionFields, gatewayFields, validateConnection, validateGateway } from "@mcpstack/model";
import fc from "fast-check";
import { messages } from "../../packages/cdktf/src/validation/messages";
import { gateway as gatewayProvider } from "../../packages/pulumi/src/provider";
import { Core } from "../property/core";
import { found, secretText } from "./sentinel";

const parameters = { numRuns: 300, seed: 20260504 } as const;
const profile = { name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.invalid" };

/** What a program may write where a JSON object is due. */
const wrongSettings = secretText.chain((secret) =>
  fc.constantFrom<[secret: string, value: unknown]>(
    // A text of JSON is settings to Pulumi; this one is none.
    [secret, `x${secret}`],
    [secret, [secret]],
    [secret, { clientSecret: undefined, other: secret }],
    [secret, { clientSecret: () => secret }],
    [secret, { nested: { when: new Date(0), clientSecret: secret } }],
    [secret, { clientId: secret, scopes: secret }],
  ),
);

const textOf = async (work: () => unknown): Promise<string> => {
  try {
    return JSON.stringify(await work()) ?? "";
  } catch (error) {
    return `${error}\n${(error as Error).stack}`;
  }
};

test("A refused settingsWo stands in no problem, in the words of any front end", async () => {
  await fc.assert(
    fc.asyncProperty(wrongSettings, async ([secret, settingsWo]) => {
      const input = { ...profile, settingsWo, settingsWoVersion: 1 };
      const problems = validateGateway(input);
      expect(problems).not.toEqual([]);
      const { failures } = await gatewayProvider.check({}, input);
      const said = [problems, messages(problems, gatewayFields, input), failures].map((one) => JSON.stringify(one));
      expect(said.flatMap((text) => found(text, secret))).toEqual([]);
    }),
    parameters,
  );
});

test("A settings_wo that is no JSON stands in no diagnostic", async () => {
  const api = await startLocalApi();
  const core = new Core("mcpstack_gateway", { api_url: api.url, access_token: api.accessToken });
  const broken = fc.constantFrom<(secret: string) => string>(
    (secret) => `x${secret}`,
    (secret) => `{"clientSecret": "${secret}"`,
    (secret) => `{"clientSecret": x${secret}}`,
    (secret) => JSON.stringify([secret]),
    (secret) => `${JSON.stringify({ clientSecret: secret })} ,`,
  );
  try {
    await fc.assert(
      fc.asyncProperty(secretText, broken, async (secret, of) => {
        const said = await textOf(() =>
          core.plan(null, {
            name: "Support",
            provider_type: "manual",
            authorization_server_url: "https://auth.example.invalid",
            settings_wo: of(secret),
            settings_wo_version: 1,
          }),
        );
        expect(said).toContain("settings_wo must");
        expect(found(said, secret)).toEqual([]);
      }),
      parameters,
    );
  } finally {
    await api.close();
  }
});

test("A credential that cannot be used stands in no message", async () => {
  const unusable = secretText.map((secret) => `${secret}\u0007 ${secret}`);
  await fc.assert(
    fc.asyncProperty(unusable, async (secret) => {
      const problems = validateConnection({ accessToken: secret, apiKey: secret, findings: { a: secret } });
      const said = [
        JSON.stringify(problems.filter(({ path }) => path[0] !== "findings")),
        JSON.stringify(messages(problems, connectionFields, { accessToken: secret, apiKey: secret })),
        await textOf(() => resolveConnection({ accessToken: secret }, {})),
        await textOf(() => resolveConnection({}, { MCPSTACK_API_KEY: secret })),
        await textOf(() => new Core("mcpstack_gateway", { access_token: secret }).plan(null, null)),
      ];
      expect(said[0]).toContain("accessToken");
      expect(said[2]).toContain("access_token argument");
      expect(said.flatMap((text) => found(text, secret))).toEqual([]);
    }),
    parameters,
  );
});
