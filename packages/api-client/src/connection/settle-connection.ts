import { defaultApiUrl, urlProblem, withoutTrailingSlashes } from "@mcpstack/model";
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

/** A value and where it came from, to be named in errors. */
export interface Placed {
  readonly value: string;
  readonly source: string;
}

/** What one place says of a connection. Empty texts count as nothing. */
export interface ConnectionPart {
  readonly apiUrl?: Placed | undefined;
  readonly organization?: Placed | undefined;
  readonly credential?: Credential | undefined;
}

/** The places that are looked at, the first one first. */
export interface ConnectionPlaces {
  /** What the program, or the person at the keyboard, names. */
  readonly program: ConnectionPart;
  readonly env: Environment;
  /** What counts only where the environment says nothing, such as `pulumi config`. */
  readonly after?: ConnectionPart | undefined;
}

export interface SettledConnection {
  readonly connection: Connection;
  /** The address and the organization as they were given, and by what. */
  readonly apiUrl: Placed;
  readonly organization?: Placed | undefined;
}

/** One client's environment variables. They belong together: nothing of one set is combined with anything of the other. */
interface VariableSet {
  readonly defaultUrl: string;
  readonly apiUrl?: Placed | undefined;
  readonly organization?: Placed | undefined;
  /** The access token first, which wins. */
  readonly credentials: readonly Credential[];
}

/**
 * Settles where to call, for whom and with which credential.
 *
 * The credential is the program's, else the one of the MCPSTACK_ variables, else of the AGENETIX_ variables (what the product's 3.x client
 * reads; API page, "Transport"), else what comes after. It goes to the address that the program names. Otherwise a credential of a set of
 * variables goes to its own set's address and to no other, whichever way the program came by it; any other credential to the address of
 * the set that names one. The organization comes with the address's set, unless the program names it.
 *
 * @throws ApiError `credential_missing`, `credential_invalid`, `connection_ambiguous`, `invalid_api_url` or `insecure_api_url`.
 */
export function settleConnection({ program, env, after = {} }: ConnectionPlaces): SettledConnection {
  const sets = [variableSet(env, "MCPSTACK", defaultApiUrl), variableSet(env, "AGENETIX", "https://api.agenetix.com")];
  const programs = given(program.credential);
  const ofVariables = programs ? undefined : sets.find((set) => set.credentials.length > 0);
  const credential = programs ?? ofVariables?.credentials[0] ?? given(after.credential);
  if (!credential) {
    throw new ApiError({
      code: "credential_missing",
      summary: "There is no credential for the MCP Stack API.",
      hint: "Set the environment variable MCPSTACK_ACCESS_TOKEN or MCPSTACK_API_KEY, or the access_token or api_key argument.",
    });
  }
  const set = ofVariables ?? ownerOf(credential, sets) ?? namedSet(program, credential, sets);
  const apiUrl = given(program.apiUrl) ??
    set.apiUrl ??
    given(after.apiUrl) ?? { value: set.defaultUrl, source: "default address" };
  const organization = given(program.organization) ?? set.organization ?? given(after.organization);
  return {
    connection: {
      apiUrl: checkedUrl(apiUrl),
      ...(organization === undefined ? {} : { organization: organization.value }),
      credential: checkedCredential(credential),
    },
    apiUrl,
    organization,
  };
}

function variableSet(env: Environment, prefix: string, defaultUrl: string): VariableSet {
  const variable = (name: string) => given({ value: env[`${prefix}_${name}`] ?? "", source: `${prefix}_${name}` });
  const credential = (kind: Credential["kind"], name: string): Credential[] => {
    const placed = variable(name);
    return placed ? [{ kind, ...placed }] : [];
  };
  return {
    defaultUrl,
    apiUrl: variable("API_URL"),
    organization: variable("ORG_ID"),
    credentials: [...credential("accessToken", "ACCESS_TOKEN"), ...credential("apiKey", "API_KEY")],
  };
}

/** An empty text counts as none, and a line end that came with a secret from a file is not part of it. */
function given<T extends Placed>(placed: T | undefined): T | undefined {
  const value = placed?.value.trim();
  return placed && value ? { ...placed, value } : undefined;
}

/** The one set that holds a credential of the program, by its value: it may have come through a variable of the program's own. */
function ownerOf(credential: Credential, sets: readonly VariableSet[]): VariableSet | undefined {
  const [owner, ...more] = sets.filter((set) => set.credentials.some(({ value }) => value === credential.value));
  return more.length === 0 ? owner : undefined;
}

/** The set that says where a credential goes that belongs to none: the one that names an address, or else an organization. */
function namedSet(program: ConnectionPart, credential: Credential, sets: readonly VariableSet[]): VariableSet {
  const address = given(program.apiUrl);
  const addressed = address ? [] : sets.filter((set) => set.apiUrl);
  const candidates = addressed.length > 0 ? addressed : sets.filter((set) => set.organization);
  const [first, second] = candidates;
  if (!first || !second) return first ?? (sets[0] as VariableSet);
  const [one, other] = [first.apiUrl, second.apiUrl];
  if (!address && one && other && !sameAddress(one, other))
    throw ambiguous(credential, "address", "api_url", one, other);
  const [mine, theirs] = [first.organization, second.organization];
  if (given(program.organization) || !mine || !theirs || mine.value === theirs.value) return mine ? first : second;
  const there = candidates.filter((set) => address && set.apiUrl && sameAddress(set.apiUrl, address));
  if (there.length === 1) return there[0] as VariableSet;
  throw ambiguous(credential, "organization", "organization", mine, theirs);
}

function sameAddress(one: Placed, other: Placed): boolean {
  return new URL(checkedUrl(one)).href === new URL(checkedUrl(other)).href;
}

function ambiguous(credential: Credential, what: string, argument: string, one: Placed, other: Placed): ApiError {
  return new ApiError({
    code: "connection_ambiguous",
    summary:
      `Which ${what} the credential in ${credential.source} is for cannot be said: ${one.source} names ${one.value}, ` +
      `and ${other.source} names ${other.value}.`,
    hint: `Name it in the ${argument} argument, or unset one of the two variables. Nothing was sent.`,
  });
}

function checkedCredential(credential: Credential): Credential {
  if (/^[\x21-\x7e]+$/.test(credential.value)) return credential;
  throw new ApiError({
    code: "credential_invalid",
    summary: `The credential in ${credential.source} holds white space or characters outside ASCII, which no Authorization header can carry.`,
    hint: "Copy it again, without anything around it.",
  });
}

/** An address without its trailing slashes. */
function checkedUrl({ value, source }: Placed): string {
  const problem = urlProblem(value, { query: "refused", insecure: "allowed" });
  if (problem) {
    throw new ApiError({
      code: "invalid_api_url",
      summary: `The address of the API (${source}) ${problem}.`,
      hint: `Write it like ${defaultApiUrl}.`,
    });
  }
  const insecure = urlProblem(value, { query: "refused", insecure: "refused" });
  if (insecure) {
    throw new ApiError({
      code: "insecure_api_url",
      summary: `The address of the API (${source}) ${insecure}.`,
      hint: "The credential would travel unencrypted: use an https address.",
    });
  }
  return withoutTrailingSlashes(value);
}
