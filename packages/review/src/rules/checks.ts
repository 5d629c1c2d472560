import { sameJson } from "@mcpstack/model";
import type { ProviderChange, ResourceChange, Values } from "../changes/change";
import { shown, shownOf, shownOrigin } from "../changes/shown";
import { isEdited, isWritten, nameOf, recordAt, stringAt, stringsAt } from "../changes/values";
import { isSameAddress, plainPath } from "../routes/same-address";
import { defaultSeverity, inForce, loudnessOf, loweredFindings, providerChangeOf } from "./in-force";
import { type Draft, perGateway, type Rule, type Subject } from "./rule";

/** What is compared: what is in force for a gateway, or what a provider says. */
interface Checked {
  readonly subject: Subject;
  readonly gateway?: ResourceChange;
  readonly name: string;
  /** Undefined where the input tells nothing about before. Then what trusts much is told as it stands. */
  readonly before: Values | undefined;
  /** What was before, had the provider said what it says now: what it says otherwise is told of the provider. Default: `before`. */
  readonly beforeAlone?: Values | undefined;
  readonly after: Values;
  /** What the gateway itself says. */
  readonly own?: Values | undefined;
  /** What the provider says of it is not in the input. */
  readonly unseen?: ReadonlySet<string>;
  readonly unknown: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  /** Of a configuration that nothing uses. */
  readonly isUnused?: boolean;
  readonly settled?: ReadonlySet<string> | undefined;
  readonly reshaped?: ReadonlySet<string> | undefined;
  readonly obscured?: ReadonlySet<string> | undefined;
  readonly origins?: ProviderChange["origins"];
  readonly standing?: ProviderChange["standing"];
}

/** How much is checked and trusted: `metadata_check`, `findings`, `trusted_origins`, `ca_file`, `allow_insecure_metadata`. */
export const checks: Rule = (context) => [...gatewayChecks(context), ...providerChecks(context)];

const gatewayChecks = perGateway((gateway, { plan }) => {
  if (!gateway.after || !isWritten(gateway)) return [];
  const provider = providerChangeOf(plan, gateway);
  const now = provider?.after ?? {};
  // Where nothing tells what the provider said before, what it says now is no change of this gateway's.
  const earlier = provider?.before ?? now;
  const before = gateway.before ?? {};
  return [
    ...lowered({
      ...gateway,
      subject: gateway,
      gateway,
      name: nameOf(gateway),
      before: inForce(before, earlier),
      beforeAlone: inForce(before, now),
      after: inForce(gateway.after, now),
      own: gateway.after,
      unseen: new Set(inherited.filter((field) => isUnseen(provider, field))),
    }),
    ...inheritance(gateway, provider),
  ];
});

/** Two gateways of one route, as they are in force. */
export const checksInForce = perGateway((gateway) =>
  gateway.after && isWritten(gateway)
    ? lowered({
        ...gateway,
        subject: gateway,
        gateway,
        name: nameOf(gateway),
        before: gateway.before ?? {},
        after: gateway.after,
      })
    : [],
);

const inherited = ["metadataCheck", "findings"] as const;

function isUnseen(provider: ProviderChange | undefined, field: string): boolean {
  const isStanding = provider?.standing !== undefined && Object.hasOwn(provider.standing, field);
  return provider !== undefined && (isStanding || provider.unknown.has(field) || provider.hidden.has(field));
}

/** A gateway comes to have what its provider says, or ceases to, and the input does not show what that is. */
function inheritance(gateway: ResourceChange, provider: ProviderChange | undefined): Draft[] {
  if (!provider || !isEdited(gateway)) return [];
  const fields = inherited.filter((field) => {
    if (!isUnseen(provider, field)) return false;
    if (gateway.unknown.has(field) || gateway.hidden.has(field)) return false;
    const [was, will] = [gateway.before?.[field], gateway.after?.[field]];
    // The strictest that there is can be no lowering, whatever it takes the place of.
    return !sameJson(was ?? null, will ?? null) && !(field === "metadataCheck" && will === "error");
  });
  if (fields.length === 0) return [];
  return [
    {
      code: "cannot-be-reviewed",
      severity: "warn",
      subject: gateway,
      gateway,
      fields,
      summary: `What ${nameOf(gateway)} says here is combined with what its provider says, which is not in the input`,
      before: shown(fields.map((field) => shownOf(gateway, field, gateway.before?.[field]) ?? "(the provider's)")),
      after: shown(fields.map((field) => shownOf(gateway, field, gateway.after?.[field]) ?? "(the provider's)")),
    },
  ];
}

const providerChecks: Rule = ({ plan }) => {
  const providers = plan.providers.flatMap((provider): Checked[] =>
    provider.after
      ? [
          {
            ...provider,
            subject: providerSubject(provider),
            name: "the provider",
            before: provider.before,
            after: provider.after,
            isUnused: provider.use === "none",
          },
        ]
      : [],
  );
  return providers.flatMap((checked) => {
    const found = [...lowered(checked), ...caFileUnseen(checked), ...untold(checked)];
    return checked.isUnused ? found.map((draft): Draft => ({ ...draft, severity: "info" })) : found;
  });
};

function lowered(checked: Checked): Draft[] {
  return [
    ...metadataCheck(checked),
    ...findings(checked),
    ...trustedOrigins(checked),
    ...caFile(checked),
    ...insecure(checked),
  ];
}

/** What a provider trusts, and which API it works on, where the input does not show it. Of gateways another rule tells. */
function untold({ unknown, hidden, settled, reshaped, obscured, origins, ...of }: Checked): Draft[] {
  const made = { unknown, origins };
  const fields = providerTrust.filter(
    (field) => reshaped?.has(field) || ((unknown.has(field) || hidden.has(field)) && !settled?.has(field)),
  );
  const draft = (named: readonly string[], severity: "warn" | "info", summary: string): Draft[] =>
    named.length === 0
      ? []
      : [
          {
            ...about(of, named),
            code: "cannot-be-reviewed",
            severity,
            summary,
            after: shown(
              named.flatMap((field) => shownOrigin(made, field) ?? shownOf(of, field, of.after[field]) ?? []),
            ),
            ...named.map((field) => wayOn(made, field)).find(({ fix }) => fix !== undefined),
          },
        ];
  return [
    ...draft(fields, "warn", `What ${of.name} trusts is not in the input, so a change cannot be excluded`),
    ...draft(
      providerTrust.filter((field) => obscured?.has(field) && !fields.includes(field)),
      "info",
      `What ${of.name} trusts is made from what it was made from before, by an expression that may be another one`,
    ),
  ];
}

/** What to do about an argument that is made from something of which a plan holds no value. */
export function wayOn(provider: Parameters<typeof shownOrigin>[0], field: string): Pick<Draft, "fix"> {
  if (shownOrigin(provider, field) === undefined) return {};
  return {
    fix: "Write it out, or as one variable of the root module by itself: a plan holds variables, and neither locals nor expressions around them. Or let the policy not list it.",
  };
}

const providerTrust = [
  "apiUrl",
  "organization",
  "metadataCheck",
  "findings",
  "trustedOrigins",
  "caFile",
  "allowInsecureMetadata",
] as const;

/** What a finding about a provider's configuration is about; of a connection that is one resource's own, that resource. */
export function providerSubject(provider: ProviderChange): Subject {
  const address = provider.address ?? `provider.${provider.key}`;
  return { kind: "provider", address, label: address, source: provider.source };
}

/** Where nobody can say what was before, silence would hide it as well as a change. */
const perhaps = (before: Values | undefined, text: string) =>
  before === undefined ? `${text}, perhaps for long` : text;

/** Whether something is less than before, and less than before had the provider said what it says now. */
function isLess({ before, beforeAlone = before }: Checked, than: (values: Values | undefined) => boolean): boolean {
  return than(before) && than(beforeAlone);
}

function metadataCheck(checked: Checked): Draft[] {
  const { before, after, own = after, unknown, hidden, unseen, ...of } = checked;
  if (unknown.has("metadataCheck") || hidden.has("metadataCheck")) return [];
  const levelOf = (values: Values | undefined) => stringAt(values, "metadataCheck");
  if (unseen?.has("metadataCheck") && levelOf(own) === undefined) return [];
  const will = levelOf(after);
  if (!isLess(checked, (values) => loudnessOf(levelOf(values) ?? "warn") > loudnessOf(will ?? "warn"))) return [];
  const isInherited = will !== undefined && levelOf(own) === undefined;
  return [
    {
      ...about(of, ["metadataCheck"]),
      code: "metadata-check-lowered",
      summary: perhaps(before, `Metadata of ${of.name} is checked less strictly`),
      before: before === undefined ? undefined : (levelOf(before) ?? "(default: warn)"),
      after: isInherited ? `${will} (the provider's)` : (will ?? "(default: warn)"),
    },
  ];
}

function findings(checked: Checked): Draft[] {
  const { before, after, own = after, unknown, hidden, unseen, sensitive, ...of } = checked;
  if (unknown.has("findings") || hidden.has("findings")) return [];
  const isOwn = (code: string) => Object.hasOwn(recordAt(own, "findings"), code);
  const lowered = loweredFindings(before, after).filter(
    (code) =>
      isLess(checked, (values) => loweredFindings(values, after).includes(code)) &&
      (isOwn(code) || !unseen?.has("findings")),
  );
  if (lowered.length === 0) return [];
  const show = (from: Values) => {
    const entries = recordAt(from, "findings");
    const severity = (code: string) =>
      !Object.hasOwn(entries, code)
        ? `(default: ${defaultSeverity(code, "usual")})`
        : from === after && !isOwn(code)
          ? `${entries[code]} (the provider's)`
          : String(entries[code]);
    return shownOf(
      { sensitive },
      "findings",
      lowered.map((code) => `${code}: ${severity(code)}`),
    );
  };
  return [
    {
      ...about(of, ["findings"]),
      code: "finding-switched-off",
      summary: perhaps(before, `Findings of ${of.name} are switched off or lowered`),
      before: before === undefined ? undefined : show(before),
      after: show(after),
    },
  ];
}

function trustedOrigins(checked: Checked): Draft[] {
  const { before, after, sensitive, ...of } = checked;
  const was = stringsAt(before, "trustedOrigins");
  const added = stringsAt(after, "trustedOrigins").filter((origin) =>
    isLess(checked, (values) => !stringsAt(values, "trustedOrigins").some((other) => isSameAddress(other, origin))),
  );
  if (added.length === 0) return [];
  const show = (list: readonly string[]) => shownOf({ sensitive }, "trustedOrigins", [...list]);
  return [
    {
      ...about(of, ["trustedOrigins"]),
      code: "trusted-origin-added",
      summary: perhaps(before, `Metadata of ${of.name} may move to further origins`),
      before: was.length === 0 ? undefined : show(was),
      after: show(added),
    },
  ];
}

function caFile(checked: Checked): Draft[] {
  const { before, after, sensitive, ...of } = checked;
  const will = stringAt(after, "caFile");
  const isOther = (file: string | undefined) => file === undefined || plainPath(file) !== plainPath(will ?? "");
  if (will === undefined || !isLess(checked, (values) => isOther(stringAt(values, "caFile")))) return [];
  const show = (file: string | undefined) => shownOf({ sensitive }, "caFile", file);
  return [
    {
      ...about(of, ["caFile"]),
      code: "ca-file-added",
      summary: perhaps(before, `Further certificate authorities are trusted by ${of.name}`),
      before: show(stringAt(before, "caFile")),
      after: show(will),
    },
  ];
}

/** A file of the checkout may change where its name does not: no plan holds what stands in it. */
function caFileUnseen(checked: Checked): Draft[] {
  const { after, sensitive, standing, ...of } = checked;
  const file = stringAt(after, "caFile") ?? standing?.caFile;
  if (file === undefined || caFile(checked).length > 0) return [];
  return [
    {
      ...about(of, ["caFile"]),
      code: "ca-file-not-compared",
      summary: `Certificate authorities are trusted by ${of.name} that stand in a file, whose content is not compared`,
      after: shownOf({ sensitive }, "caFile", file),
    },
  ];
}

function insecure(checked: Checked): Draft[] {
  const { before, after, ...of } = checked;
  if (after.allowInsecureMetadata !== true) return [];
  if (!isLess(checked, (values) => values?.allowInsecureMetadata !== true)) return [];
  return [
    {
      ...about(of, ["allowInsecureMetadata"]),
      code: "insecure-metadata-allowed",
      ...(before === undefined ? { severity: "warn" as const } : {}),
      summary: perhaps(
        before,
        `Plain http ${before === undefined ? "is" : "becomes"} allowed for metadata by ${of.name}`,
      ),
      before: before === undefined ? undefined : shown(before.allowInsecureMetadata),
      after: "true",
    },
  ];
}

function about({ subject, gateway }: Pick<Checked, "subject" | "gateway">, fields: readonly string[]) {
  return { subject, ...(gateway ? { gateway } : {}), fields };
}
