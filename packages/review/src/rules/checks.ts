import type { ProviderChange, ResourceChange, Values } from "../changes/change";
import { shown, shownOf, shownOrigin } from "../changes/shown";
import { isWritten, nameOf, recordAt, stringAt, stringsAt } from "../changes/values";
import { type Draft, perGateway, type Rule, type Subject } from "./rule";

/** What is compared: a gateway's or the provider's own checks. */
interface Checked {
  readonly subject: Subject;
  readonly gateway?: ResourceChange;
  readonly name: string;
  /** Undefined where the input tells nothing about before. Then what trusts much is told as it stands. */
  readonly before: Values | undefined;
  readonly after: Values;
  readonly unknown: ReadonlySet<string>;
  readonly sensitive: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  /** Of a configuration that nothing uses. */
  readonly isUnused?: boolean;
  readonly settled?: ReadonlySet<string> | undefined;
  readonly reshaped?: ReadonlySet<string> | undefined;
  readonly obscured?: ReadonlySet<string> | undefined;
  readonly origins?: ProviderChange["origins"];
}

/** How much is checked and trusted: `metadata_check`, `findings`, `trusted_origins`, `ca_file`, `allow_insecure_metadata`. */
export const checks: Rule = (context) => [...gatewayChecks(context), ...providerChecks(context)];

export const gatewayChecks = perGateway((gateway) =>
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
    const found = [...lowered(checked), ...untold(checked)];
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

/** How loud each level of a check is. */
export const loudness: Readonly<Record<string, number>> = { off: 0, info: 1, warn: 2, error: 3 };

/** Where nobody can say what was before, silence would hide it as well as a change. */
const perhaps = (before: Values | undefined, text: string) =>
  before === undefined ? `${text}, perhaps for long` : text;

function metadataCheck({ before, after, unknown, hidden, ...of }: Checked): Draft[] {
  if (unknown.has("metadataCheck") || hidden.has("metadataCheck")) return [];
  // Left out on a gateway, the provider's counts, whose own default is warn.
  const was = stringAt(before, "metadataCheck");
  const will = stringAt(after, "metadataCheck");
  if ((loudness[was ?? "warn"] ?? 2) <= (loudness[will ?? "warn"] ?? 2)) return [];
  return [
    {
      ...about(of, ["metadataCheck"]),
      code: "metadata-check-lowered",
      summary: perhaps(before, `Metadata of ${of.name} is checked less strictly`),
      before: before === undefined ? undefined : (was ?? "(default: warn)"),
      after: will ?? "(default: warn)",
    },
  ];
}

function findings({ before, after, unknown, hidden, sensitive, ...of }: Checked): Draft[] {
  if (unknown.has("findings") || hidden.has("findings")) return [];
  const was = recordAt(before, "findings");
  const will = recordAt(after, "findings");
  const lowered = Object.entries(will)
    .filter(([code, severity]) => {
      const level = loudness[String(severity)] ?? 3;
      const earlier = was[code];
      return earlier === undefined ? level <= 1 : level < (loudness[String(earlier)] ?? 3);
    })
    .map(([code]) => code)
    .sort();
  if (lowered.length === 0) return [];
  const show = (from: typeof was) =>
    shownOf(
      { sensitive },
      "findings",
      lowered.filter((code) => from[code] !== undefined).map((code) => `${code}: ${from[code]}`),
    );
  return [
    {
      ...about(of, ["findings"]),
      code: "finding-switched-off",
      summary: perhaps(before, `Findings of ${of.name} are switched off or lowered`),
      before: before === undefined ? undefined : show(was) || undefined,
      after: show(will),
    },
  ];
}

function trustedOrigins({ before, after, sensitive, ...of }: Checked): Draft[] {
  const was = stringsAt(before, "trustedOrigins");
  const added = stringsAt(after, "trustedOrigins").filter((origin) => !was.includes(origin));
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

function caFile({ before, after, sensitive, ...of }: Checked): Draft[] {
  const will = stringAt(after, "caFile");
  if (will === undefined || will === stringAt(before, "caFile")) return [];
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

function insecure({ before, after, ...of }: Checked): Draft[] {
  if (after.allowInsecureMetadata !== true || before?.allowInsecureMetadata === true) return [];
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
