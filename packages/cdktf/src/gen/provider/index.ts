// https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface McpstackProviderConfig {
  /**
  * OAuth access token for the API. Default: the environment variable `MCPSTACK_ACCESS_TOKEN`, or, where no `MCPSTACK_` credential is set, `AGENETIX_ACCESS_TOKEN`. It wins where an API key is given too. Without `api_url`, a credential of one set of variables (`MCPSTACK_…`, `AGENETIX_…`) goes to that set's address and never to the other's; any other credential goes where a set names an address, and two that differ are an error.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#access_token McpstackProvider#access_token}
  */
  readonly accessToken?: string;
  /**
  * Whether metadata may be fetched over plain http. Loopback addresses may always be. Default: false. For test networks only: whoever can change such an answer decides where users sign in.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#allow_insecure_metadata McpstackProvider#allow_insecure_metadata}
  */
  readonly allowInsecureMetadata?: boolean | cdktf.IResolvable;
  /**
  * Service-account key for the API. Default: the environment variable `MCPSTACK_API_KEY`, or, where no `MCPSTACK_` credential is set, `AGENETIX_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#api_key McpstackProvider#api_key}
  */
  readonly apiKey?: string;
  /**
  * Base address of the MCP Stack API. Default: the environment variable `MCPSTACK_API_URL` or `AGENETIX_API_URL`, whichever set of variables counts, else `https://api.mcpstack.com`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#api_url McpstackProvider#api_url}
  */
  readonly apiUrl?: string;
  /**
  * File with PEM certificates of further certificate authorities to trust when metadata is fetched. For the API itself, set the environment variable `NODE_EXTRA_CA_CERTS`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#ca_file McpstackProvider#ca_file}
  */
  readonly caFile?: string;
  /**
  * What single findings count as, by code: "error", "warn", "info" or "off". Codes are listed under docs/findings. `metadata_check` still caps the result. A gateway's own `findings` take precedence, code by code.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#findings McpstackProvider#findings}
  */
  readonly findings?: { [key: string]: string };
  /**
  * How loudly findings about published metadata may be said: "error" lets them fail a plan and keep an apply from writing, but never stop a destroy; "warn" lowers errors to warnings; "off" neither fetches metadata nor says anything. It caps severity and never raises it. Default: "warn". A gateway's own `metadata_check` takes its place.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#metadata_check McpstackProvider#metadata_check}
  */
  readonly metadataCheck?: string;
  /**
  * Id or slug of the organization that owns the gateways. Default: the environment variable `MCPSTACK_ORG_ID` or `AGENETIX_ORG_ID`, of the set that the address comes from, else the first organization that the credential can see.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#organization McpstackProvider#organization}
  */
  readonly organization?: string;
  /**
  * How long, in seconds, reads and lists of the API may lag behind its writes. Within this time of a write, what is not found yet, or shows just what stood there before, is looked at again before it counts as gone, as drift or as an error. From 0 to 3600; 0 believes every first look. Default: the environment variable `MCPSTACK_READ_LAG`, else 30.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#read_lag McpstackProvider#read_lag}
  */
  readonly readLag?: number;
  /**
  * How long, in seconds, to be patient with an API that limits how often it is asked (429, 503) or that fails: the whole run pauses and tries again, with growing pauses or as long as `Retry-After` says, until it succeeds or this time is over. From 0 to 3600. Default: the environment variable `MCPSTACK_RETRY_TIMEOUT`, else 120.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#retry_timeout McpstackProvider#retry_timeout}
  */
  readonly retryTimeout?: number;
  /**
  * Further origins (scheme, host and port) that metadata may move to within a planned change, in every role, beside those that the gateway's own URLs name and those that were accepted in the same role. A move to any other origin is never accepted by an apply. A gateway's own `trusted_origins` are added to these.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#trusted_origins McpstackProvider#trusted_origins}
  */
  readonly trustedOrigins?: string[];
  /**
  * Alias name
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#alias McpstackProvider#alias}
  */
  readonly alias?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs mcpstack}
*/
export class McpstackProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "mcpstack";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a McpstackProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the McpstackProvider to import
  * @param importFromId The id of the existing McpstackProvider that should be imported. Refer to the {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the McpstackProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "mcpstack", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/mcpstack/mcpstack/0.1.0/docs mcpstack} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options McpstackProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: McpstackProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'mcpstack',
      terraformGeneratorMetadata: {
        providerName: 'mcpstack',
        providerVersion: '0.1.0',
        providerVersionConstraint: '0.1.0'
      },
      terraformProviderSource: 'mcpstack/mcpstack'
    });
    this._accessToken = config.accessToken;
    this._allowInsecureMetadata = config.allowInsecureMetadata;
    this._apiKey = config.apiKey;
    this._apiUrl = config.apiUrl;
    this._caFile = config.caFile;
    this._findings = config.findings;
    this._metadataCheck = config.metadataCheck;
    this._organization = config.organization;
    this._readLag = config.readLag;
    this._retryTimeout = config.retryTimeout;
    this._trustedOrigins = config.trustedOrigins;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_token - computed: false, optional: true, required: false
  private _accessToken?: string; 
  public get accessToken() {
    return this._accessToken;
  }
  public set accessToken(value: string | undefined) {
    this._accessToken = value;
  }
  public resetAccessToken() {
    this._accessToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessTokenInput() {
    return this._accessToken;
  }

  // allow_insecure_metadata - computed: false, optional: true, required: false
  private _allowInsecureMetadata?: boolean | cdktf.IResolvable; 
  public get allowInsecureMetadata() {
    return this._allowInsecureMetadata;
  }
  public set allowInsecureMetadata(value: boolean | cdktf.IResolvable | undefined) {
    this._allowInsecureMetadata = value;
  }
  public resetAllowInsecureMetadata() {
    this._allowInsecureMetadata = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowInsecureMetadataInput() {
    return this._allowInsecureMetadata;
  }

  // api_key - computed: false, optional: true, required: false
  private _apiKey?: string; 
  public get apiKey() {
    return this._apiKey;
  }
  public set apiKey(value: string | undefined) {
    this._apiKey = value;
  }
  public resetApiKey() {
    this._apiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiKeyInput() {
    return this._apiKey;
  }

  // api_url - computed: false, optional: true, required: false
  private _apiUrl?: string; 
  public get apiUrl() {
    return this._apiUrl;
  }
  public set apiUrl(value: string | undefined) {
    this._apiUrl = value;
  }
  public resetApiUrl() {
    this._apiUrl = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiUrlInput() {
    return this._apiUrl;
  }

  // ca_file - computed: false, optional: true, required: false
  private _caFile?: string; 
  public get caFile() {
    return this._caFile;
  }
  public set caFile(value: string | undefined) {
    this._caFile = value;
  }
  public resetCaFile() {
    this._caFile = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caFileInput() {
    return this._caFile;
  }

  // findings - computed: false, optional: true, required: false
  private _findings?: { [key: string]: string }; 
  public get findings() {
    return this._findings;
  }
  public set findings(value: { [key: string]: string } | undefined) {
    this._findings = value;
  }
  public resetFindings() {
    this._findings = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get findingsInput() {
    return this._findings;
  }

  // metadata_check - computed: false, optional: true, required: false
  private _metadataCheck?: string; 
  public get metadataCheck() {
    return this._metadataCheck;
  }
  public set metadataCheck(value: string | undefined) {
    this._metadataCheck = value;
  }
  public resetMetadataCheck() {
    this._metadataCheck = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get metadataCheckInput() {
    return this._metadataCheck;
  }

  // organization - computed: false, optional: true, required: false
  private _organization?: string; 
  public get organization() {
    return this._organization;
  }
  public set organization(value: string | undefined) {
    this._organization = value;
  }
  public resetOrganization() {
    this._organization = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get organizationInput() {
    return this._organization;
  }

  // read_lag - computed: false, optional: true, required: false
  private _readLag?: number; 
  public get readLag() {
    return this._readLag;
  }
  public set readLag(value: number | undefined) {
    this._readLag = value;
  }
  public resetReadLag() {
    this._readLag = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readLagInput() {
    return this._readLag;
  }

  // retry_timeout - computed: false, optional: true, required: false
  private _retryTimeout?: number; 
  public get retryTimeout() {
    return this._retryTimeout;
  }
  public set retryTimeout(value: number | undefined) {
    this._retryTimeout = value;
  }
  public resetRetryTimeout() {
    this._retryTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get retryTimeoutInput() {
    return this._retryTimeout;
  }

  // trusted_origins - computed: false, optional: true, required: false
  private _trustedOrigins?: string[]; 
  public get trustedOrigins() {
    return this._trustedOrigins;
  }
  public set trustedOrigins(value: string[] | undefined) {
    this._trustedOrigins = value;
  }
  public resetTrustedOrigins() {
    this._trustedOrigins = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get trustedOriginsInput() {
    return this._trustedOrigins;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      access_token: cdktf.stringToTerraform(this._accessToken),
      allow_insecure_metadata: cdktf.booleanToTerraform(this._allowInsecureMetadata),
      api_key: cdktf.stringToTerraform(this._apiKey),
      api_url: cdktf.stringToTerraform(this._apiUrl),
      ca_file: cdktf.stringToTerraform(this._caFile),
      findings: cdktf.hashMapper(cdktf.stringToTerraform)(this._findings),
      metadata_check: cdktf.stringToTerraform(this._metadataCheck),
      organization: cdktf.stringToTerraform(this._organization),
      read_lag: cdktf.numberToTerraform(this._readLag),
      retry_timeout: cdktf.numberToTerraform(this._retryTimeout),
      trusted_origins: cdktf.listMapper(cdktf.stringToTerraform, false)(this._trustedOrigins),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      access_token: {
        value: cdktf.stringToHclTerraform(this._accessToken),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      allow_insecure_metadata: {
        value: cdktf.booleanToHclTerraform(this._allowInsecureMetadata),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      api_key: {
        value: cdktf.stringToHclTerraform(this._apiKey),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      api_url: {
        value: cdktf.stringToHclTerraform(this._apiUrl),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ca_file: {
        value: cdktf.stringToHclTerraform(this._caFile),
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
      organization: {
        value: cdktf.stringToHclTerraform(this._organization),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      read_lag: {
        value: cdktf.numberToHclTerraform(this._readLag),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      retry_timeout: {
        value: cdktf.numberToHclTerraform(this._retryTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      trusted_origins: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._trustedOrigins),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
