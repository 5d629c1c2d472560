/** One option of `mcpstack-iac review`, as data: the command's help and its reference page are made from these. */
export interface OptionDescription {
  /** As written on the command line. */
  readonly flag: string;
  /** Name of its value in help; absent for a switch. */
  readonly value?: string;
  /** Key in `ReviewCommandOptions`. */
  readonly key: keyof ReviewCommandOptions;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** May be given more than once. */
  readonly repeated?: true;
}

export const outputFormats = ["terminal", "markdown", "json", "sarif", "gitlab", "github"] as const;
export type OutputFormat = (typeof outputFormats)[number];

export const failOnChoices = ["error", "warn", "info", "never"] as const;

/** What `runReview` takes: the argument and the options, as text. */
export interface ReviewCommandOptions {
  /** The plan's file, or `-` for standard input. */
  readonly input: string;
  readonly name?: string | undefined;
  readonly base?: string | undefined;
  readonly savedPlan?: string | undefined;
  readonly policy?: string | undefined;
  readonly basePolicy?: string | undefined;
  readonly environment?: string | undefined;
  readonly failOn?: string | undefined;
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  /** `FORMAT=FILE`, each a further output. */
  readonly also?: readonly string[] | undefined;
  readonly maxBytes?: string | undefined;
  readonly source?: string | undefined;
  readonly preflight?: boolean | undefined;
  readonly blastRadius?: boolean | undefined;
  readonly allowPrivateAddresses?: boolean | undefined;
  readonly allowInsecureMetadata?: boolean | undefined;
  readonly caFile?: string | undefined;
  readonly color?: boolean | undefined;
}

/** The argument of the command. */
export const reviewArgument = {
  name: "plan",
  description:
    "What to review: the output of `terraform show -json PLANFILE` or `tofu show -json PLANFILE`, of `pulumi preview --json`, or a synthesised cdk.tf.json. `-` reads standard input.",
} as const;

export const reviewOptions: readonly OptionDescription[] = [
  {
    flag: "--base",
    value: "FILE",
    key: "base",
    description:
      "What the program was before: for a cdk.tf.json the one of the base branch (`none` for a new stack); for a plan of Terraform or a preview of Pulumi, one of the base branch, to have the provider's configuration compared.",
  },
  {
    flag: "--saved-plan",
    value: "FILE",
    key: "savedPlan",
    description:
      "Of a Pulumi preview: the plan that the same run saved with `--save-plan`. A preview masks secrets on both sides; the plan says which of them change.",
  },
  {
    flag: "--policy",
    value: "FILE",
    key: "policy",
    description: "The policy. Default: mcpstack-review.yaml, if there is one.",
  },
  {
    flag: "--base-policy",
    value: "FILE",
    key: "basePolicy",
    description:
      "The policy as the base branch has it (`none` if it has none). It is the one that holds, and what the change does to it is a finding: an author cannot excuse himself.",
  },
  {
    flag: "--environment",
    value: "NAME",
    key: "environment",
    description: "The environment of the policy that the plan is for.",
  },
  {
    flag: "--name",
    value: "NAME",
    key: "name",
    description:
      "What this review is called where a change has several, such as staging and production. It tells their comments, SARIF logs and code quality reports apart.",
  },
  {
    flag: "--fail-on",
    value: "SEVERITY",
    key: "failOn",
    choices: failOnChoices,
    default: "error",
    description: "The least severity that makes the command exit with 1.",
  },
  {
    flag: "--format",
    value: "FORMAT",
    key: "format",
    choices: outputFormats,
    default: "terminal",
    description: "How to write the result. `github` writes workflow commands that annotate source lines.",
  },
  {
    flag: "--output",
    value: "FILE",
    key: "output",
    description: "Where to write it. Default: standard output.",
  },
  {
    flag: "--also",
    value: "FORMAT=FILE",
    key: "also",
    repeated: true,
    description: "A further output of the same review, such as sarif=review.sarif. May be given several times.",
  },
  {
    flag: "--max-bytes",
    value: "NUMBER",
    key: "maxBytes",
    default: "65536",
    description: "Size limit of the Markdown; the least severe is left out first, and the text says so.",
  },
  {
    flag: "--source",
    value: "FOLDER",
    key: "source",
    default: ".",
    description:
      "Folder of the program, in which provider arguments are read that a plan does not hold, and findings are traced to source lines.",
  },
  {
    flag: "--no-preflight",
    key: "preflight",
    description: "Do not fetch and check the published metadata of planned profiles.",
  },
  {
    flag: "--no-blast-radius",
    key: "blastRadius",
    description: "Do not ask the API for servers and grants, even where a credential is set.",
  },
  {
    flag: "--allow-private-addresses",
    key: "allowPrivateAddresses",
    description:
      "Let the check of metadata reach private and loopback addresses. A plan comes from a pull request's author: only where that is safe.",
  },
  {
    flag: "--allow-insecure-metadata",
    key: "allowInsecureMetadata",
    description: "Let the check of metadata use plain http. What the plan's provider says about it is not followed.",
  },
  {
    flag: "--ca-file",
    value: "FILE",
    key: "caFile",
    description:
      "PEM certificates of further authorities for the check of metadata. What the plan's provider names is not read.",
  },
  {
    flag: "--no-color",
    key: "color",
    description: "No colour. It is used on a terminal only, and not where NO_COLOR is set.",
  },
];
