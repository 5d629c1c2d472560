import { type Issuer, startIssuer } from "@mcpstack/local-api";
import { discover, namedBy } from "./discover";
import { judge } from "./judge/judge";
import { MetadataReader } from "./reader";
import { liveMetadata } from "./trust/live-metadata";

let issuer: Issuer | undefined;
let reader: MetadataReader | undefined;
afterEach(async () => {
  await reader?.close();
  await issuer?.close();
});

test.each([{}, { path: "/realms/acme" }])(
  "A certified OpenID provider at %j raises no alarm for a correct profile",
  async (options) => {
    issuer = await startIssuer(options);
    reader = new MetadataReader();
    const profile = {
      name: "G",
      providerType: "manual",
      authorizationServerUrl: issuer.url,
      scopes: ["openid", "offline_access"],
    };

    const discovered = await discover(reader, profile, { programUrls: namedBy(profile) });

    expect(discovered.authorizationServer).toMatchObject({ kind: "found", issuer: "same" });
    expect(liveMetadata(discovered, profile)?.issuer).toBe(issuer.url);
    expect(judge({ profile, discovered, trustedOrigins: [] }).filter(({ severity }) => severity !== "info")).toEqual(
      [],
    );
  },
);
