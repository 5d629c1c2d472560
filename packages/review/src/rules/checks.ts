import type { ResourceChange, Values } from "../changes/change";
import { shown } from "../changes/shown";
import { isEdited, isWritten, nameOf, recordAt, stringAt, stringsAt } from "../changes/values";
import type { Draft, Rule, Subject } from "./rule";

/** What is compared: a gateway's or the provider's own checks. */
interface Checked {
  readonly subject: Subject;
  readonly gateway?: ResourceChange;
  readonly name: string;
  /** Undefined where the input tells nothing about before. */
  readonly before: Values | undefined;
  readonly after: Values;
  readonly unknown: ReadonlySet<string>;
}

/** How much is checked and trusted: `metadata_check`, `findings`, `trusted_origins`, `ca_file`, `allow_insecure_metadata`. */
export const checks: Rule = ({ plan }) => {
  const gateways = plan.gateways.flatMap((gateway): Checked[] =>
    gateway.after && (isEdited(gateway) || isWritten(gateway))
      ? [
          {
            subject: gateway,
            gateway,
            name: nameOf(gateway),
            before: gateway.before ?? {},
            after: gateway.after,
            unknown: gateway.unknown,
          },
        ]
      : [],
  );
  const providers = plan.providers.flatMap((provider): Checked[] =>
    provider.after
      ? [
          {
            subject: providerSubject(provider),
            name: "the provider",
            before: provider.before,
            after: provider.after,
            unknown: provider.unknown,
          },
        ]
      : [],
  );
  return [...gateways, ...providers].flatMap((checked) => [
    ...metadataCheck(checked),
    ...findings(checked),
    ...trustedOrigins(checked),
    ...caFile(checked),
    ...insecure(checked),
  ]);
};

export function providerSubject(provider: { readonly key: string; readonly source?: Subject["source"] }): Subject {
  const address = `provider.${provider.key}`;
  return { kind: "provider", address, label: address, source: provider.source };
}

const loudness: Readonly<Record<string, number>> = { off: 0, info: 1, warn: 2, error: 3 };

function metadataCheck({ before, after, unknown, ...of }: Checked): Draft[] {
  if (before === undefined || unknown.has("metadataCheck")) return [];
  // Left out on a gateway, the provider's counts, whose own default is warn.
  const was = stringAt(before, "metadataCheck");
  const will = stringAt(after, "metadataCheck");
  if ((loudness[was ?? "warn"] ?? 2) <= (loudness[will ?? "warn"] ?? 2)) return [];
  return [
    {
      ...about(of, ["metadataCheck"]),
      code: "metadata-check-lowered",
      summary: `Metadata of ${of.name} is checked less strictly`,
      before: was ?? "(default: warn)",
      after: will ?? "(default: warn)",
    },
  ];
}

function findings({ before, after, unknown, ...of }: Checked): Draft[] {
  if (before === undefined || unknown.has("findings")) return [];
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
    shown(lowered.filter((code) => from[code] !== undefined).map((code) => `${code}: ${from[code]}`));
  return [
    {
      ...about(of, ["findings"]),
      code: "finding-switched-off",
      summary: `Findings of ${of.name} are switched off or lowered`,
      before: show(was) || undefined,
      after: show(will),
    },
  ];
}

function trustedOrigins({ before, after, ...of }: Checked): Draft[] {
  if (before === undefined) return [];
  const was = stringsAt(before, "trustedOrigins");
  const added = stringsAt(after, "trustedOrigins").filter((origin) => !was.includes(origin));
  if (added.length === 0) return [];
  return [
    {
      ...about(of, ["trustedOrigins"]),
      code: "trusted-origin-added",
      summary: `Metadata of ${of.name} may move to further origins`,
      before: was.length === 0 ? undefined : shown([...was]),
      after: shown(added),
    },
  ];
}

function caFile({ before, after, ...of }: Checked): Draft[] {
  const will = stringAt(after, "caFile");
  if (before === undefined || will === undefined || will === stringAt(before, "caFile")) return [];
  return [
    {
      ...about(of, ["caFile"]),
      code: "ca-file-added",
      summary: `Further certificate authorities are trusted by ${of.name}`,
      before: shown(stringAt(before, "caFile")),
      after: shown(will),
    },
  ];
}

function insecure({ before, after, ...of }: Checked): Draft[] {
  if (after.allowInsecureMetadata !== true || before?.allowInsecureMetadata === true) return [];
  return [
    {
      ...about(of, ["allowInsecureMetadata"]),
      code: "insecure-metadata-allowed",
      // A plan tells nothing about the provider's earlier configuration, and this is too much to pass over in silence.
      ...(before === undefined ? { severity: "warn" as const } : {}),
      summary:
        before === undefined
          ? `Plain http is allowed for metadata by ${of.name}, perhaps for long`
          : `Plain http becomes allowed for metadata by ${of.name}`,
      before: before === undefined ? undefined : shown(before.allowInsecureMetadata),
      after: "true",
    },
  ];
}

function about({ subject, gateway }: Pick<Checked, "subject" | "gateway">, fields: readonly string[]) {
  return { subject, ...(gateway ? { gateway } : {}), fields };
}
