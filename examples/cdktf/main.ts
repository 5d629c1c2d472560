// A gateway for a support API, and the two MCP servers that use it.
//
//   npx cdktf synth                              writes the stack to cdktf.out
//   MCPSTACK_ACCESS_TOKEN=… npx cdktf deploy     makes it so
//
// What differs between a test and a production organization comes from the environment.
import { Gateway, LeastPrivilegeScopes, McpstackProvider, type MetadataCheck } from "@mcpstack/cdktf";
import { App, Aspects, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** What the stack needs to know about its surroundings. */
interface SupportProps {
  /** The authorization server, exactly as its metadata spells it. */
  readonly issuer: string;
  /** The audience that the support API demands in access tokens. */
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Left out where the gateway registers itself at the authorization server. */
  readonly clientId: string | undefined;
  /** "error" lets findings about the issuer fail the plan; the default is "warn". */
  readonly metadataCheck: MetadataCheck | undefined;
}

class SupportStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: SupportProps) {
    super(scope, id);

    // The API's address, the organization and the credential come from MCPSTACK_API_URL, MCPSTACK_ORG_ID and MCPSTACK_ACCESS_TOKEN
    // when Terraform runs, so that no file holds a credential.
    new McpstackProvider(this, "mcpstack", { metadataCheck: props.metadataCheck });

    const gateway = new Gateway(this, "support", {
      name: "Support API",
      description: "User-scoped access to the support API",
      providerType: "manual",
      authorizationServerUrl: props.issuer,
      clientId: props.clientId,
      resource: props.resource,
      scopes: props.scopes,
    });

    for (const server of ["petalpal-api", "support-api"]) {
      // The public id is chosen here, so the callback URL is known before anything exists, and can be registered at the identity
      // provider first: `npx cdktf synth` already has it.
      const publicId = `gw_${server}`;
      gateway.attachTo(server, { publicId });
      new TerraformOutput(this, `${server}-callback-url`, { value: Gateway.callbackUrl({ publicId }) });
    }
    new TerraformOutput(this, "gateway-id", { value: gateway.gatewayId });

    // Whoever adds a scope to a gateway of this stack has to add it here too, where a reviewer sees it.
    Aspects.of(this).add(
      new LeastPrivilegeScopes({ allow: ["openid", "profile", "email", "offline_access", /[a-z]+\.(read|write)/] }),
    );
  }
}

const app = new App();
const { env } = process;
new SupportStack(app, "support", {
  issuer: env.MCPSTACK_EXAMPLE_ISSUER || "https://auth.example.com",
  resource: env.MCPSTACK_EXAMPLE_RESOURCE || "https://api.example.com",
  scopes: (env.MCPSTACK_EXAMPLE_SCOPES || "openid,profile,email,tickets.read").split(","),
  clientId: env.MCPSTACK_EXAMPLE_CLIENT_ID || undefined,
  // Whatever stands there, synth says so where it is none of the three.
  metadataCheck: (env.MCPSTACK_EXAMPLE_METADATA_CHECK || undefined) as MetadataCheck | undefined,
});

app.synth();
