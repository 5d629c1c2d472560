// Stands in for the client resource of an identity provider's own Pulumi package, such as `auth0.Client`. It registers a client
// dynamically (RFC 7591) and removes it again (RFC 7592).
import * as pulumi from "@pulumi/pulumi";

interface ClientProps {
  issuer: string;
  clientName: string;
  redirectUri: string;
}

interface Registration {
  client_id: string;
  registration_client_uri?: string;
  registration_access_token?: string;
}

const provider: pulumi.dynamic.ResourceProvider = {
  async create(props: ClientProps) {
    const metadata = await fetch(`${props.issuer}/.well-known/openid-configuration`);
    const { registration_endpoint } = (await metadata.json()) as { registration_endpoint: string };
    const answer = await fetch(registration_endpoint, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        client_name: props.clientName,
        redirect_uris: [props.redirectUri],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
      }),
    });
    if (!answer.ok) throw new Error(`the identity provider refused the client: ${await answer.text()}`);
    const registration = (await answer.json()) as Registration;
    return { id: registration.client_id, outs: { ...props, clientId: registration.client_id, registration } };
  },
  async diff(_id, olds: ClientProps, news: ClientProps) {
    const replaces = (["issuer", "clientName", "redirectUri"] as const).filter((name) => olds[name] !== news[name]);
    return { changes: replaces.length > 0, replaces };
  },
  async delete(_id, props: ClientProps & { registration: Registration }) {
    const { registration_client_uri: address, registration_access_token: token } = props.registration;
    if (address === undefined) return;
    await fetch(address, { method: "DELETE", headers: { authorization: `Bearer ${token}` } });
  },
};

export class IdentityProviderClient extends pulumi.dynamic.Resource {
  declare readonly clientId: pulumi.Output<string>;
  declare readonly redirectUri: pulumi.Output<string>;

  constructor(name: string, args: { [Name in keyof ClientProps]: pulumi.Input<string> }) {
    super(
      provider,
      name,
      { ...args, clientId: undefined, registration: undefined },
      { additionalSecretOutputs: ["registration"] },
    );
  }
}
