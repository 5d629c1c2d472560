// What must hold whatever happens, told apart from the code that it is held against: a witness sees what the engines see and keeps books.
import {
  type AcceptedMetadata,
  type FindingPolicy,
  type GatewayProfile,
  isEmpty,
  meansSame,
  type ObservedProfile,
  type ProfileField,
  parseUrl,
  profileFields,
  type StoredField,
  sameJson,
  storedFields,
} from "@mcpstack/model";
import { type MetadataField, metadataFieldNames } from "@mcpstack/oauth-metadata";
import type { Configured, Kept, Planned, ProviderConfiguration, Said } from "./driver";
import type { Chosen, Publishers } from "./publishers";
import { discoverable, type Service } from "./service";

export const metadataNames = metadataFieldNames;
export const roles = ["issuer", "authorizationEndpoint", "tokenEndpoint", "registrationEndpoint", "jwksUri"] as const;
export const serverNames = [...roles, "codeChallengeMethods"] as const;

export const invariants = {
  "acceptance is given":
    "1: an accepted URL's origin was there when the program chose its issuer, accepted in that role, the issuer's own, or named",
  "plan equals apply": "2: what a plan says is known comes out of the apply, and no later plan of it says otherwise",
  "refusal stays": "3: what is refused is reported by every plan that looks, and is never accepted, not even in part",
  "an edit moves no trust":
    "4: an edit that chooses no issuer leaves issuer, endpoints and keys as they are, and known",
  "a destroy is never vetoed": "5: a destroy is always possible",
  "same decision": "6: Terraform and Pulumi decide the same",
  "drift is what a person did":
    "7: what a person sets is drift and undone, what the service fills in is not, and a quiet world needs no plan",
  "an upgrade moves no trust":
    "8: memory of an older form accepts nothing by itself and loses nothing that was accepted",
} as const;
export type Invariant = keyof typeof invariants;

export class RuleBroken extends Error {
  override readonly name = "RuleBroken";
  constructor(
    readonly invariant: Invariant,
    detail: string,
  ) {
    super(`Invariant ${invariants[invariant]}.\n${detail}`);
  }
}

/** An issuer, or the document to read about it, as a program chooses it; other spellings of the same come to the same text. */
export function choiceOf({ authorizationServerUrl, metadataUrl }: Partial<GatewayProfile>): string {
  const issuer = parseUrl(authorizationServerUrl ?? "")?.href ?? "";
  return `${issuer.replace(/\/$/, "")} ${metadataUrl === undefined ? "" : new URL(metadataUrl).href}`;
}

/** The origins that a program names, in every role. */
export function namedBy(profile: GatewayProfile, provider: ProviderConfiguration): ReadonlySet<string> {
  const { authorizationServerUrl, metadataUrl, authorizationEndpoint, tokenEndpoint, registrationEndpoint } = profile;
  const urls = [authorizationServerUrl, metadataUrl, authorizationEndpoint, tokenEndpoint, registrationEndpoint];
  const origins = [...urls, ...(profile.trustedOrigins ?? []), ...provider.trustedOrigins];
  return new Set(origins.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])));
}

export function policyOf(profile: GatewayProfile, provider: ProviderConfiguration): FindingPolicy {
  const metadataCheck = profile.metadataCheck ?? provider.metadataCheck ?? "warn";
  return { metadataCheck, findings: profile.findings };
}

export const looksAtAll = (profile: GatewayProfile, provider: ProviderConfiguration) =>
  policyOf(profile, provider).metadataCheck !== "off";

const hasEndpoints = (profile: GatewayProfile) =>
  profile.authorizationEndpoint !== undefined && profile.tokenEndpoint !== undefined;

/** The books of one engine. */
export class Witness {
  /** What the program chose when metadata was accepted. */
  #choice: string | undefined;
  #accepted: AcceptedMetadata | undefined;
  /** What was accepted of what the program chose before, by its choice. */
  readonly #formerly = new Map<string, AcceptedMetadata>();
  /** Every origin accepted in a role since that choice. */
  readonly #origins = new Map<MetadataField, Set<string>>();
  /** The profile that was last written, and what the API then held beside it; undefined where nobody looked. */
  #written: GatewayProfile | undefined;
  #beside: ObservedProfile | undefined;
  /** What becomes of that once the last refresh is kept. */
  #besideNow: ObservedProfile | undefined;
  /** What a person set against the program's silence, as the last refresh found it. */
  readonly #toBeUndone = new Set<StoredField>();

  constructor(
    readonly engine: string,
    readonly service: Service,
    readonly publishers: Publishers,
  ) {}

  get accepted(): AcceptedMetadata | undefined {
    return this.#accepted;
  }

  get written(): GatewayProfile | undefined {
    return this.#written;
  }

  /** Whether a program still chooses what was accepted. */
  keeps(profile: GatewayProfile): boolean {
    return this.#accepted !== undefined && this.#choice === choiceOf(profile);
  }

  /** The fields of what is published now that no apply may accept. */
  refusedNow(profile: GatewayProfile, provider: ProviderConfiguration): readonly MetadataField[] {
    const { metadata } = this.#chosen(profile);
    if (!metadata || !this.keeps(profile) || (this.#isMisfit(profile, metadata) && !this.#accepted?.issuer)) return [];
    const named = namedBy(profile, provider);
    return roles.filter((role) => {
      const url = metadata[role];
      return url !== undefined && url !== this.#accepted?.[role] && !this.#mayStand(role, url, named);
    });
  }

  /** Nothing is there any more. */
  gone(): void {
    this.#choice = undefined;
    this.#accepted = undefined;
    this.#formerly.clear();
    this.#origins.clear();
    this.#written = undefined;
    this.#beside = undefined;
    this.#besideNow = undefined;
    this.#toBeUndone.clear();
  }

  /** The memory was lost, so the state stands for itself. */
  forgot(kept: Kept): void {
    this.#choice = choiceOf(kept.state);
    this.#formerly.clear();
    this.#written = kept.state;
    this.#beside = undefined;
    this.#besideNow = undefined;
    this.service.synced();
  }

  /** An operation of the engine begins: what an earlier one read and did not keep counts no more. */
  begins(): void {
    this.#toBeUndone.clear();
    this.#besideNow = this.#beside;
  }

  /** A refresh: the state that it started from, and the one that it ends with. */
  refreshed(before: Kept, after: Kept, provider: ProviderConfiguration): void {
    if (!sameJson(before.state.metadata, after.state.metadata))
      this.#broken(
        "an upgrade moves no trust",
        "a refresh changed what was accepted",
        before.state.metadata,
        after.state.metadata,
      );
    const written = this.#written;
    if (!written) throw new Error("a refresh of nothing");
    const { observed, touched, set } = this.service;
    if (this.#beside) this.#judgeDrift(before, after, written, provider);
    this.#besideNow = this.#beside ?? besides(written, observed);
    for (const name of touched)
      if (written[name] === undefined && after.state[name] !== undefined && set[name] !== undefined)
        this.#toBeUndone.add(name);
  }

  /** What the last refresh read is in the state file now. */
  refreshKept(): void {
    this.#beside = this.#besideNow;
  }

  #judgeDrift(before: Kept, after: Kept, written: GatewayProfile, provider: ProviderConfiguration): void {
    const { observed, touched, followed, set } = this.service;
    const leads = touched.has("authorizationServerUrl") || touched.has("metadataUrl");
    for (const name of storedFields) {
      const [was, is, there] = [before.state[name], after.state[name], observed[name]];
      if (touched.has(name)) {
        const seen = meansSame(profileFields[name], is, there) || meansSame(profileFields[name], there, is);
        if (!seen && this.#isDrift(name, written, set[name], provider))
          this.#broken(
            "drift is what a person did",
            `${name} was edited at the API, and the refresh does not show it`,
            there,
            is,
          );
      } else if (!sameJson(was, is) && this.#isFalse(name, leads, followed, written, provider)) {
        this.#broken("drift is what a person did", `nobody but the service touched ${name}, and it is drift`, was, is);
      }
    }
  }

  /** Whether what a person made of a field must show. */
  #isDrift(name: StoredField, written: GatewayProfile, value: unknown, provider: ProviderConfiguration): boolean {
    if (written[name] !== undefined) return true;
    const beside = this.#beside?.[name];
    if (isEmpty(value) || meansSame(profileFields[name], beside, this.service.observed[name])) return false;
    if (!isDiscoverable(name)) return true;
    // Where it stays within trust, the service may have found it.
    const role = name === "metadataUrl" ? "issuer" : (name as MetadataField);
    return !this.#mayStand(role, value as string, namedBy(written, provider));
  }

  #isFalse(
    name: StoredField,
    leads: boolean,
    followed: boolean,
    written: GatewayProfile,
    provider: ProviderConfiguration,
  ): boolean {
    if (!isDiscoverable(name)) return true;
    if (leads) return false;
    if (!followed) return true;
    // What the service found since is its own doing where it is what is published, and may be accepted.
    if (name === "metadataUrl" || !looksAtAll(written, provider) || !this.keeps(written)) return false;
    const published = this.#chosen(written).metadata?.[name as "tokenEndpoint"];
    return published === this.service.observed[name] && this.refusedNow(written, provider).length === 0;
  }

  /** A plan: what it must say, and what it must not leave open. */
  planned(plan: Planned, { profile, unknown, provider }: Configured, o: PlannedOptions): void {
    if (!provider || unknown.some((name) => deciding.has(name))) return;
    if (this.keeps(profile)) {
      const before = this.#written?.resource;
      const mayOpen = unknown.includes("resource") || !sameJson(before, profile.resource) ? ["resource"] : [];
      const open = plan.metadata.unknown.filter((name) => !mayOpen.includes(name));
      if (open.length > 0 && !plan.refused)
        this.#broken("an edit moves no trust", "the plan leaves open what cannot change", [], open);
    }
    if (!o.looked || unknown.includes("findings") || !looksAtAll(profile, provider)) return;
    const refused = this.refusedNow(profile, provider);
    if (refused.length > 0) this.#mustSay(plan, "origin-moved", profile, { provider, ...o });
    if (this.#isStranger(profile, provider)) this.#mustSay(plan, "issuer-mismatch", profile, { provider, ...o });
  }

  /** At first sight: a document whose issuer is another one, at an origin that nobody named (RFC 8414 §3.3). */
  #isStranger(profile: GatewayProfile, provider: ProviderConfiguration): boolean {
    const { metadata } = this.#chosen(profile);
    if (!metadata?.issuer || profile.metadataUrl !== undefined || this.keeps(profile)) return false;
    if (this.#isMisfit(profile, metadata)) return false;
    return !namedBy(profile, provider).has(new URL(metadata.issuer).origin);
  }

  #mustSay(
    { said }: Planned,
    code: string,
    profile: GatewayProfile,
    o: PlannedOptions & { provider: ProviderConfiguration },
  ) {
    const { metadataCheck, findings = {} } = policyOf(profile, o.provider);
    const chosen = findings[code] ?? "error";
    if (chosen === "off" || chosen === "info") return;
    const severity = metadataCheck === "error" && !o.warnsOnly ? chosen : "warn";
    if (said.some((one) => one.code === code && one.severity === severity)) return;
    this.#broken(
      "refusal stays",
      "what is refused is not said as it must be",
      `${severity} ${code}`,
      said.map(inShort),
    );
  }

  /**
   * An apply that wrote, or found nothing to do.
   *
   * @param seen - what was published, of what the program chooses, while it chose it.
   */
  applied(now: Kept, { profile, provider }: Configured, seen: readonly AcceptedMetadata[], o: AppliedOptions): void {
    if (!provider) throw new Error("the provider's configuration is known in an apply");
    const resumed = this.#resume(profile, now.state.metadata);
    const before = this.#accepted;
    const keeps = this.keeps(profile);
    const refused = o.settled ? this.refusedNow(profile, provider) : [];
    const after = now.state.metadata;
    const sees = o.settled && !o.blind && looksAtAll(profile, provider);
    if (keeps && sees) this.#judgeAccepted(after ?? {}, profile, provider);
    if (keeps && after === undefined)
      this.#broken("an upgrade moves no trust", "what was accepted is lost", before, after);
    if (
      keeps &&
      before?.issuer &&
      o.settled &&
      this.#misses(profile) &&
      !sameJson(onlyServer(before), onlyServer(after))
    )
      this.#broken(
        "an upgrade moves no trust",
        "no document of the issuer is there, and what one said moved",
        before,
        after,
      );
    if (
      keeps &&
      refused.length > 0 &&
      looksAtAll(profile, provider) &&
      !sameJson(onlyServer(before), onlyServer(after))
    )
      this.#broken(
        "refusal stays",
        `${refused.join(", ")} of the document is refused, and part of it was accepted`,
        before,
        after,
      );
    if (keeps || resumed || this.#isOfSameIssuer(after, seen) || this.#isStillNamed(profile, after ?? {}))
      this.#judgeMoves(after ?? {}, profile, provider);
    else this.#judgeFirst(after ?? {}, profile, provider, seen);
    this.#take(profile, after);
    if (o.wrote) {
      this.#beside = besides(profile, this.service.observed);
      const left = o.settled ? [...this.#toBeUndone].filter((name) => profile[name] === undefined) : [];
      const still = left.filter((name) => this.service.set[name] !== undefined);
      if (still.length > 0)
        this.#broken(
          "drift is what a person did",
          `${still.join(", ")} is still set at the API`,
          "(not set)",
          this.service.set,
        );
    }
    this.#written = profile;
    this.#toBeUndone.clear();
  }

  /** An import accepts what is published then for a profile: the one that it finds, or the program's. */
  imported(now: Kept, profile: GatewayProfile, provider: ProviderConfiguration): void {
    this.gone();
    const { metadata } = this.#chosen(profile);
    this.#judgeFirst(now.state.metadata ?? {}, profile, provider, metadata ? [metadata] : []);
    this.#take(profile, now.state.metadata);
    this.#written = profile;
    this.#beside = besides(profile, this.service.observed);
    this.service.synced();
  }

  /** Another way to the document of the same issuer gives no trust anew; and what stays as it was accepted needs none. */
  #isOfSameIssuer(after: AcceptedMetadata | undefined, seen: readonly AcceptedMetadata[]): boolean {
    const before = this.#accepted;
    if (before?.issuer === undefined) return false;
    if (sameJson(onlyServer(before), onlyServer(after))) return true;
    return seen.length > 0 && seen.every(({ issuer }) => issuer === before.issuer);
  }

  /**
   * Another address of a document lets nobody in: the program still names the authorization server that said what was accepted. Only the
   * document at another issuer's own origin names that issuer.
   */
  #isStillNamed({ authorizationServerUrl, metadataUrl }: GatewayProfile, after: AcceptedMetadata): boolean {
    if (this.#accepted?.issuer === undefined) return false;
    if (this.#choice?.split(" ")[0] !== choiceOf({ authorizationServerUrl }).trim()) return false;
    if (metadataUrl === undefined || after.issuer === undefined) return true;
    const { origin } = new URL(metadataUrl);
    const isNamedBefore = [this.#accepted.issuer, authorizationServerUrl].some((url) => new URL(url).origin === origin);
    return isNamedBefore || new URL(after.issuer).origin !== origin;
  }

  /** A detour over another issuer is no first sight of the old one: what was accepted of it counts again. */
  #resume(profile: GatewayProfile, after: AcceptedMetadata | undefined): boolean {
    const choice = choiceOf(profile);
    if (this.#choice === choice && this.#accepted !== undefined) return false;
    const spelled = (issuer: string | null | undefined) => issuer?.replace(/\/$/, "");
    const chosen = this.#formerly.get(choice);
    const former =
      chosen ??
      [...this.#formerly.values()].find(({ issuer }) => after?.issuer && spelled(issuer) === spelled(after.issuer));
    if (!former || this.#isOfSameIssuer(after, after ? [after] : [])) return false;
    if (chosen) this.#take(profile, former);
    else this.#take({ ...profile, metadataUrl: after?.issuer ?? undefined }, former);
    return true;
  }

  #take(profile: GatewayProfile, accepted: AcceptedMetadata | undefined): void {
    if (this.#choice !== choiceOf(profile) || this.#accepted === undefined) this.#origins.clear();
    if (this.#choice !== undefined && this.#accepted?.issuer) this.#formerly.set(this.#choice, this.#accepted);
    this.#choice = choiceOf(profile);
    this.#accepted = accepted;
    for (const role of roles) {
      const url = accepted?.[role];
      if (url === undefined) continue;
      const origins = this.#origins.get(role) ?? new Set();
      this.#origins.set(role, origins.add(new URL(url).origin));
    }
  }

  #judgeMoves(after: AcceptedMetadata, profile: GatewayProfile, provider: ProviderConfiguration): void {
    const named = namedBy(profile, provider);
    for (const role of roles) {
      const url = after[role];
      if (url === undefined || url === this.#accepted?.[role]) continue;
      if (!this.#mayStand(role, url, named))
        this.#broken("acceptance is given", `${role} moved where nobody accepted it`, this.#accepted?.[role], url);
    }
  }

  /** What moved within trust is accepted by applying: whole, as it was refused whole. */
  #judgeAccepted(after: AcceptedMetadata, profile: GatewayProfile, provider: ProviderConfiguration): void {
    const metadata = this.#published(profile);
    if (!metadata) return;
    const named = namedBy(profile, provider);
    const accepted = this.#accepted ?? {};
    const may = roles.every((role) => {
      const url = metadata[role];
      if (url === undefined || url === accepted[role]) return true;
      const { origin } = new URL(url);
      return (
        named.has(origin) || [accepted.issuer, accepted[role]].some((one) => one && new URL(one).origin === origin)
      );
    });
    if (may && !sameJson(onlyServer(metadata), onlyServer(after)))
      this.#broken(
        "acceptance is given",
        "what is published is within trust, and the apply did not accept it",
        metadata,
        after,
      );
  }

  #judgeFirst(
    after: AcceptedMetadata,
    profile: GatewayProfile,
    provider: ProviderConfiguration,
    seen: readonly AcceptedMetadata[],
  ): void {
    const named = namedBy(profile, provider);
    for (const role of roles) {
      const url = after[role];
      if (url === undefined) continue;
      const own = role !== "issuer" && role !== "jwksUri" && profile[role] === url;
      if (!own && !seen.some((metadata) => metadata[role] === url))
        this.#broken("acceptance is given", `${role} was accepted at first sight, and nobody published it`, seen, url);
      if (role === "issuer" && profile.metadataUrl === undefined && !named.has(new URL(url).origin))
        this.#broken(
          "acceptance is given",
          "an issuer that the program does not name was accepted at first sight",
          [...named],
          url,
        );
    }
  }

  #mayStand(role: MetadataField, url: string, named: ReadonlySet<string>): boolean {
    const { origin } = new URL(url);
    const issuer = this.#accepted?.issuer;
    const isIssuers = issuer !== undefined && new URL(issuer).origin === origin;
    return named.has(origin) || isIssuers || this.#origins.get(role)?.has(origin) === true;
  }

  #chosen(profile: GatewayProfile): Chosen {
    return this.publishers.chosen(profile);
  }

  /** What a profile's authorization server says about itself; where no document ever did, what the program says. */
  #published(profile: GatewayProfile): AcceptedMetadata | undefined {
    const { answers, metadata } = this.#chosen(profile);
    if (metadata && !this.#isMisfit(profile, metadata)) return metadata;
    if (answers === "down" || !hasEndpoints(profile) || this.#accepted?.issuer) return undefined;
    const { authorizationEndpoint, tokenEndpoint, registrationEndpoint } = profile;
    return { authorizationEndpoint, tokenEndpoint, registrationEndpoint };
  }

  #misses(profile: GatewayProfile): boolean {
    const { metadata } = this.#chosen(profile);
    return metadata === undefined || this.#isMisfit(profile, metadata);
  }

  /** Where a program gives the endpoints itself, a document of another issuer is none of its own. */
  #isMisfit(profile: GatewayProfile, { issuer }: AcceptedMetadata): boolean {
    if (!hasEndpoints(profile) || profile.metadataUrl !== undefined) return false;
    return choiceOf({ authorizationServerUrl: issuer ?? "" }) !== choiceOf(profile);
  }

  #broken(invariant: Invariant, what: string, before: unknown, after: unknown): never {
    throw new RuleBroken(
      invariant,
      `${this.engine}: ${what}.\n  ${JSON.stringify(before)}\n  ${JSON.stringify(after)}`,
    );
  }
}

export interface PlannedOptions {
  /** Whether the engine looked at what is published for this plan. */
  readonly looked: boolean;
  /** Whether errors are said as warnings, since a destroy may follow. */
  readonly warnsOnly: boolean;
}

export interface AppliedOptions {
  /** Whether the API was written to. */
  readonly wrote: boolean;
  /** Whether the plan knew all that is published in the apply. */
  readonly settled: boolean;
  /** Whether looking had been off until this plan. */
  readonly blind: boolean;
}

/** Fields on which it depends what may be accepted. */
export const deciding: ReadonlySet<ProfileField> = new Set([
  "authorizationServerUrl",
  "metadataUrl",
  "authorizationEndpoint",
  "tokenEndpoint",
  "registrationEndpoint",
  "trustedOrigins",
  "metadataCheck",
]);

function isDiscoverable(name: StoredField): boolean {
  return (discoverable as readonly string[]).includes(name);
}

function besides(profile: GatewayProfile, observed: ObservedProfile): ObservedProfile {
  return Object.fromEntries(
    storedFields.filter((name) => profile[name] === undefined).map((name) => [name, observed[name]]),
  );
}

export function onlyServer(metadata: AcceptedMetadata | undefined): AcceptedMetadata | undefined {
  return (
    metadata &&
    Object.fromEntries(serverNames.flatMap((name) => (isEmpty(metadata[name]) ? [] : [[name, metadata[name]]])))
  );
}

export function inShort({ code, severity }: Said): string {
  return `${severity} ${code}`;
}
