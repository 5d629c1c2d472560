import { type ConnectionConfig, defaultApiUrl, urlProblem, withoutTrailingSlashes } from "@mcpstack/model";
import { ApiError } from "../errors/api-error";

/** Which API is called, for whom, and with what. */
export interface Connection {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  /** Id or slug, as it was given. */
  readonly organization?: string | undefined;
  readonly credential: Credential;
}

export interface Credential {
  readonly kind: "accessToken" | "apiKey";
  /** Secret. */
  readonly value: string;
  /** Where it came from, to be named in errors: `MCPSTACK_API_KEY`, `access_token argument`, … */
  readonly source: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface VariableSet {
  readonly prefix: "MCPSTACK" | "AGENETIX";
  readonly apiUrl: string;
}

const currentSet: VariableSet = { prefix: "MCPSTACK", apiUrl: defaultApiUrl };
/** What the product's 3.x client reads (API page, "Transport"). Read whole, and only where the other set has no credential. */
const renamedSet: VariableSet = { prefix: "AGENETIX", apiUrl: "https://api.agenetix.com" };

/**
 * Settles where to call and with which credential. What the program says comes before the environment; an access token comes before a
 * key. A credential from the environment goes to the address of its own set of variables, unless the program names an address.
 *
 * @throws ApiError `credential_missing`, `credential_invalid`, `invalid_api_url` or `insecure_api_url`.
 */
export function resolveConnection(
  config: Pick<ConnectionConfig, "apiUrl" | "organization" | "accessToken" | "apiKey">,
  env: Environment = process.env,
): Connection {
  const explicit = fromArguments(config);
  const set = explicit || fromVariables(env, currentSet) ? currentSet : renamedSet;
  const credential = explicit ?? fromVariables(env, set);
  if (!credential) {
    throw new ApiError({
      code: "credential_missing",
      summary: "There is no credential for the MCP Stack API.",
      hint: "Set the environment variable MCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY, or the access_token or api_key argument.",
    });
  }
  const organization = given(config.organization) ?? given(env[`${set.prefix}_ORG_ID`]);
  return {
    apiUrl: checkedUrl(config, env, set),
    ...(organization === undefined ? {} : { organization }),
    credential: checkedCredential(credential),
  };
}

function fromArguments(config: Pick<ConnectionConfig, "accessToken" | "apiKey">): Credential | undefined {
  const token = given(config.accessToken);
  if (token !== undefined) return { kind: "accessToken", value: token, source: "access_token argument" };
  const key = given(config.apiKey);
  return key === undefined ? undefined : { kind: "apiKey", value: key, source: "api_key argument" };
}

function fromVariables(env: Environment, { prefix }: VariableSet): Credential | undefined {
  const token = given(env[`${prefix}_ACCESS_TOKEN`]);
  if (token !== undefined) return { kind: "accessToken", value: token, source: `${prefix}_ACCESS_TOKEN` };
  const key = given(env[`${prefix}_API_KEY`]);
  return key === undefined ? undefined : { kind: "apiKey", value: key, source: `${prefix}_API_KEY` };
}

/** An empty variable counts as none, and a line end that came with a secret from a file is not part of it. */
function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function checkedCredential(credential: Credential): Credential {
  if (/^[\x21-\x7e]+$/.test(credential.value)) return credential;
  throw new ApiError({
    code: "credential_invalid",
    summary: `The credential in ${credential.source} holds white space or characters outside ASCII, which no Authorization header can carry.`,
    hint: "Copy it again, without anything around it.",
  });
}

function checkedUrl(config: Pick<ConnectionConfig, "apiUrl">, env: Environment, set: VariableSet): string {
  const [url, source] = given(config.apiUrl)
    ? [given(config.apiUrl) as string, "api_url argument"]
    : [given(env[`${set.prefix}_API_URL`]) ?? set.apiUrl, `${set.prefix}_API_URL`];
  const problem = urlProblem(url, { query: "refused", insecure: "allowed" });
  if (problem) {
    throw new ApiError({
      code: "invalid_api_url",
      summary: `The address of the API (${source}) ${problem}.`,
      hint: `Write it like ${set.apiUrl}.`,
    });
  }
  const insecure = urlProblem(url, { query: "refused", insecure: "refused" });
  if (insecure) {
    throw new ApiError({
      code: "insecure_api_url",
      summary: `The address of the API (${source}) ${insecure}.`,
      hint: "The credential would travel unencrypted: use an https address.",
    });
  }
  return withoutTrailingSlashes(url);
}
