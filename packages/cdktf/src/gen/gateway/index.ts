// https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface GatewayConfig extends cdktf.TerraformMetaArguments {
  /**
  * Authorization endpoint, where discovery is missing or not standard.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#authorization_endpoint Gateway#authorization_endpoint}
  */
  readonly authorizationEndpoint?: string;
  /**
  * Issuer identifier of the authorization server, exactly as its metadata spells it, trailing slash included. Metadata is looked for below its well-known addresses (RFC 8414 §3, OpenID Connect Discovery §4). Empty only for a gateway that is taken over and has none.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#authorization_server_url Gateway#authorization_server_url}
  */
  readonly authorizationServerUrl: string;
  /**
  * Client id that was registered at the identity provider. Leave it out where the client registers itself. It may be the https URL of a client id metadata document.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#client_id Gateway#client_id}
  */
  readonly clientId?: string;
  /**
  * What the gateway is for, in one line or several.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#description Gateway#description}
  */
  readonly description?: string;
  /**
  * What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings. `metadata_check` still caps the result.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#findings Gateway#findings}
  */
  readonly findings?: { [key: string]: string };
  /**
  * How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from writing, but never stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says anything. It caps severity and never raises it. Default: what the provider says.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#metadata_check Gateway#metadata_check}
  */
  readonly metadataCheck?: string;
  /**
  * Exact address of the discovery document, where it is not at a well-known address of the authorization server.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#metadata_url Gateway#metadata_url}
  */
  readonly metadataUrl?: string;
  /**
  * Name of the Gateway profile, shown in the dashboard.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#name Gateway#name}
  */
  readonly name: string;
  /**
  * Kind of identity provider: `manual`, `sqlos`, `auth0`, `entra`, `workos`, or another name that the service knows.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#provider_type Gateway#provider_type}
  */
  readonly providerType: string;
  /**
  * Dynamic client registration endpoint (RFC 7591), where clients register themselves.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#registration_endpoint Gateway#registration_endpoint}
  */
  readonly registrationEndpoint?: string;
  /**
  * Resource identifier (audience) that the upstream API demands in access tokens (RFC 8707 §2).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#resource Gateway#resource}
  */
  readonly resource?: string;
  /**
  * Scopes that the gateway may ask for; a server may use fewer. Order means nothing.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#scopes Gateway#scopes}
  */
  readonly scopes?: string[];
  /**
  * Fields of the API's gateway document that this version does not know by name, as a JSON object. Only the keys given here are compared and written, lists in whatever order they come back; every other unknown field is left as it is. Null is as if left out, and a key that the program stops naming is taken out of the document.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#settings Gateway#settings}
  */
  readonly settings?: string;
  /**
  * Like `settings`, for values that no state may hold, such as a client secret. Sent whenever the gateway is written; change `settings_wo_version` to have it written when nothing else changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#settings_wo Gateway#settings_wo}
  */
  readonly settingsWo?: string;
  /**
  * Any whole number. Change it to have `settings_wo` written again.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#settings_wo_version Gateway#settings_wo_version}
  */
  readonly settingsWoVersion?: number;
  /**
  * Token endpoint, where discovery is missing or not standard.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#token_endpoint Gateway#token_endpoint}
  */
  readonly tokenEndpoint?: string;
  /**
  * Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside those that the gateway's own URLs name and those that were accepted in the same role. A move to any other origin is never accepted by an apply.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#trusted_origins Gateway#trusted_origins}
  */
  readonly trustedOrigins?: string[];
}
export interface GatewayMetadata {
}

export function gatewayMetadataToTerraform(struct?: GatewayMetadata): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function gatewayMetadataToHclTerraform(struct?: GatewayMetadata): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GatewayMetadataOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GatewayMetadata | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GatewayMetadata | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // authorization_endpoint - computed: true, optional: false, required: false
  public get authorizationEndpoint() {
    return this.getStringAttribute('authorization_endpoint');
  }

  // code_challenge_methods - computed: true, optional: false, required: false
  public get codeChallengeMethods() {
    return this.getListAttribute('code_challenge_methods');
  }

  // issuer - computed: true, optional: false, required: false
  public get issuer() {
    return this.getStringAttribute('issuer');
  }

  // jwks_uri - computed: true, optional: false, required: false
  public get jwksUri() {
    return this.getStringAttribute('jwks_uri');
  }

  // registration_endpoint - computed: true, optional: false, required: false
  public get registrationEndpoint() {
    return this.getStringAttribute('registration_endpoint');
  }

  // resource - computed: true, optional: false, required: false
  public get resource() {
    return this.getStringAttribute('resource');
  }

  // token_endpoint - computed: true, optional: false, required: false
  public get tokenEndpoint() {
    return this.getStringAttribute('token_endpoint');
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway mcpstack_gateway}
*/
export class Gateway extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "mcpstack_gateway";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Gateway resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Gateway to import
  * @param importFromId The id of the existing Gateway that should be imported. Refer to the {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Gateway to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "mcpstack_gateway", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs/resources/gateway mcpstack_gateway} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options GatewayConfig
  */
  public constructor(scope: Construct, id: string, config: GatewayConfig) {
    super(scope, id, {
      terraformResourceType: 'mcpstack_gateway',
      terraformGeneratorMetadata: {
        providerName: 'mcpstack',
        providerVersion: '0.1.0',
        providerVersionConstraint: '0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._authorizationEndpoint = config.authorizationEndpoint;
    this._authorizationServerUrl = config.authorizationServerUrl;
    this._clientId = config.clientId;
    this._description = config.description;
    this._findings = config.findings;
    this._metadataCheck = config.metadataCheck;
    this._metadataUrl = config.metadataUrl;
    this._name = config.name;
    this._providerType = config.providerType;
    this._registrationEndpoint = config.registrationEndpoint;
    this._resource = config.resource;
    this._scopes = config.scopes;
    this._settings = config.settings;
    this._settingsWo = config.settingsWo;
    this._settingsWoVersion = config.settingsWoVersion;
    this._tokenEndpoint = config.tokenEndpoint;
    this._trustedOrigins = config.trustedOrigins;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // authorization_endpoint - computed: false, optional: true, required: false
  private _authorizationEndpoint?: string; 
  public get authorizationEndpoint() {
    return this.getStringAttribute('authorization_endpoint');
  }
  public set authorizationEndpoint(value: string) {
    this._authorizationEndpoint = value;
  }
  public resetAuthorizationEndpoint() {
    this._authorizationEndpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get authorizationEndpointInput() {
    return this._authorizationEndpoint;
  }

  // authorization_server_url - computed: false, optional: false, required: true
  private _authorizationServerUrl?: string; 
  public get authorizationServerUrl() {
    return this.getStringAttribute('authorization_server_url');
  }
  public set authorizationServerUrl(value: string) {
    this._authorizationServerUrl = value;
  }
  // Temporarily expose input value. Use with caution.
  public get authorizationServerUrlInput() {
    return this._authorizationServerUrl;
  }

  // client_id - computed: false, optional: true, required: false
  private _clientId?: string; 
  public get clientId() {
    return this.getStringAttribute('client_id');
  }
  public set clientId(value: string) {
    this._clientId = value;
  }
  public resetClientId() {
    this._clientId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get clientIdInput() {
    return this._clientId;
  }

  // description - computed: false, optional: true, required: false
  private _description?: string; 
  public get description() {
    return this.getStringAttribute('description');
  }
  public set description(value: string) {
    this._description = value;
  }
  public resetDescription() {
    this._description = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get descriptionInput() {
    return this._description;
  }

  // findings - computed: false, optional: true, required: false
  private _findings?: { [key: string]: string }; 
  public get findings() {
    return this.getStringMapAttribute('findings');
  }
  public set findings(value: { [key: string]: string }) {
    this._findings = value;
  }
  public resetFindings() {
    this._findings = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get findingsInput() {
    return this._findings;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // metadata - computed: true, optional: false, required: false
  private _metadata = new GatewayMetadataOutputReference(this, "metadata");
  public get metadata() {
    return this._metadata;
  }

  // metadata_check - computed: false, optional: true, required: false
  private _metadataCheck?: string; 
  public get metadataCheck() {
    return this.getStringAttribute('metadata_check');
  }
  public set metadataCheck(value: string) {
    this._metadataCheck = value;
  }
  public resetMetadataCheck() {
    this._metadataCheck = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get metadataCheckInput() {
    return this._metadataCheck;
  }

  // metadata_url - computed: false, optional: true, required: false
  private _metadataUrl?: string; 
  public get metadataUrl() {
    return this.getStringAttribute('metadata_url');
  }
  public set metadataUrl(value: string) {
    this._metadataUrl = value;
  }
  public resetMetadataUrl() {
    this._metadataUrl = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get metadataUrlInput() {
    return this._metadataUrl;
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // organization_id - computed: true, optional: false, required: false
  public get organizationId() {
    return this.getStringAttribute('organization_id');
  }

  // provider_type - computed: false, optional: false, required: true
  private _providerType?: string; 
  public get providerType() {
    return this.getStringAttribute('provider_type');
  }
  public set providerType(value: string) {
    this._providerType = value;
  }
  // Temporarily expose input value. Use with caution.
  public get providerTypeInput() {
    return this._providerType;
  }

  // registration_endpoint - computed: false, optional: true, required: false
  private _registrationEndpoint?: string; 
  public get registrationEndpoint() {
    return this.getStringAttribute('registration_endpoint');
  }
  public set registrationEndpoint(value: string) {
    this._registrationEndpoint = value;
  }
  public resetRegistrationEndpoint() {
    this._registrationEndpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get registrationEndpointInput() {
    return this._registrationEndpoint;
  }

  // resource - computed: false, optional: true, required: false
  private _resource?: string; 
  public get resource() {
    return this.getStringAttribute('resource');
  }
  public set resource(value: string) {
    this._resource = value;
  }
  public resetResource() {
    this._resource = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get resourceInput() {
    return this._resource;
  }

  // scopes - computed: false, optional: true, required: false
  private _scopes?: string[]; 
  public get scopes() {
    return cdktf.Fn.tolist(this.getListAttribute('scopes'));
  }
  public set scopes(value: string[]) {
    this._scopes = value;
  }
  public resetScopes() {
    this._scopes = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scopesInput() {
    return this._scopes;
  }

  // settings - computed: false, optional: true, required: false
  private _settings?: string; 
  public get settings() {
    return this.getStringAttribute('settings');
  }
  public set settings(value: string) {
    this._settings = value;
  }
  public resetSettings() {
    this._settings = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsInput() {
    return this._settings;
  }

  // settings_wo - computed: false, optional: true, required: false
  private _settingsWo?: string; 
  public get settingsWo() {
    return this.getStringAttribute('settings_wo');
  }
  public set settingsWo(value: string) {
    this._settingsWo = value;
  }
  public resetSettingsWo() {
    this._settingsWo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsWoInput() {
    return this._settingsWo;
  }

  // settings_wo_version - computed: false, optional: true, required: false
  private _settingsWoVersion?: number; 
  public get settingsWoVersion() {
    return this.getNumberAttribute('settings_wo_version');
  }
  public set settingsWoVersion(value: number) {
    this._settingsWoVersion = value;
  }
  public resetSettingsWoVersion() {
    this._settingsWoVersion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsWoVersionInput() {
    return this._settingsWoVersion;
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // token_endpoint - computed: false, optional: true, required: false
  private _tokenEndpoint?: string; 
  public get tokenEndpoint() {
    return this.getStringAttribute('token_endpoint');
  }
  public set tokenEndpoint(value: string) {
    this._tokenEndpoint = value;
  }
  public resetTokenEndpoint() {
    this._tokenEndpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tokenEndpointInput() {
    return this._tokenEndpoint;
  }

  // trusted_origins - computed: false, optional: true, required: false
  private _trustedOrigins?: string[]; 
  public get trustedOrigins() {
    return cdktf.Fn.tolist(this.getListAttribute('trusted_origins'));
  }
  public set trustedOrigins(value: string[]) {
    this._trustedOrigins = value;
  }
  public resetTrustedOrigins() {
    this._trustedOrigins = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get trustedOriginsInput() {
    return this._trustedOrigins;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      authorization_endpoint: cdktf.stringToTerraform(this._authorizationEndpoint),
      authorization_server_url: cdktf.stringToTerraform(this._authorizationServerUrl),
      client_id: cdktf.stringToTerraform(this._clientId),
      description: cdktf.stringToTerraform(this._description),
      findings: cdktf.hashMapper(cdktf.stringToTerraform)(this._findings),
      metadata_check: cdktf.stringToTerraform(this._metadataCheck),
      metadata_url: cdktf.stringToTerraform(this._metadataUrl),
      name: cdktf.stringToTerraform(this._name),
      provider_type: cdktf.stringToTerraform(this._providerType),
      registration_endpoint: cdktf.stringToTerraform(this._registrationEndpoint),
      resource: cdktf.stringToTerraform(this._resource),
      scopes: cdktf.listMapper(cdktf.stringToTerraform, false)(this._scopes),
      settings: cdktf.stringToTerraform(this._settings),
      settings_wo: cdktf.stringToTerraform(this._settingsWo),
      settings_wo_version: cdktf.numberToTerraform(this._settingsWoVersion),
      token_endpoint: cdktf.stringToTerraform(this._tokenEndpoint),
      trusted_origins: cdktf.listMapper(cdktf.stringToTerraform, false)(this._trustedOrigins),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      authorization_endpoint: {
        value: cdktf.stringToHclTerraform(this._authorizationEndpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      authorization_server_url: {
        value: cdktf.stringToHclTerraform(this._authorizationServerUrl),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      client_id: {
        value: cdktf.stringToHclTerraform(this._clientId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      description: {
        value: cdktf.stringToHclTerraform(this._description),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      findings: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._findings),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      metadata_check: {
        value: cdktf.stringToHclTerraform(this._metadataCheck),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      metadata_url: {
        value: cdktf.stringToHclTerraform(this._metadataUrl),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      provider_type: {
        value: cdktf.stringToHclTerraform(this._providerType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      registration_endpoint: {
        value: cdktf.stringToHclTerraform(this._registrationEndpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      resource: {
        value: cdktf.stringToHclTerraform(this._resource),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scopes: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._scopes),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      settings: {
        value: cdktf.stringToHclTerraform(this._settings),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      settings_wo: {
        value: cdktf.stringToHclTerraform(this._settingsWo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      settings_wo_version: {
        value: cdktf.numberToHclTerraform(this._settingsWoVersion),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      token_endpoint: {
        value: cdktf.stringToHclTerraform(this._tokenEndpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      trusted_origins: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._trustedOrigins),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
