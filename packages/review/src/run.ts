import { createReadStream } from "node:fs";
import { access, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { terminalText } from "./escape/terminal";
import { commandMessage } from "./escape/workflow-command";
import { type ExitCode, exitCodeOf, exitCodes, type FailOn } from "./exit";
import { ReviewInputError } from "./inputs/input-error";
import type { NamedInput } from "./inputs/read-plan";
import { failOnChoices, type OutputFormat, outputFormats, type ReviewCommandOptions } from "./options";
import { type BasePolicy, parseBasePolicy } from "./policy/base-policy";
import { parsePolicy } from "./policy/parse-policy";
import { emptyPolicy } from "./policy/schema";
import type { Preflight, PreflightChoices } from "./preflight/preflight";
import type { BlastRadiusSource } from "./radius/blast-radius";
import { render } from "./render/render";
import { type ReviewOptions, reviewPlan } from "./review";
import { configurationsIn, locateIn } from "./sources/locate";

/** The world around the command. */
export interface ReviewIo {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean | undefined };
  readonly stderr: { write(text: string): unknown };
  readonly now: Date;
  /** Version of this tool, for SARIF. */
  readonly version: string;
  /** Makes the check of planned metadata; see `metadataPreflight`. Absent where there is no network. */
  readonly preflight?: ((options: PreflightChoices) => Promise<Preflight & { close?(): Promise<void> }>) | undefined;
  /** Asks the API; absent without a credential. */
  readonly blastRadius?: BlastRadiusSource | undefined;
}

const defaultPolicy = "mcpstack-review.yaml";

/** The command `mcpstack-iac review`. Writes the review and gives the exit code; never throws for what an input can hold. */
export async function runReview(options: ReviewCommandOptions, io: ReviewIo): Promise<ExitCode> {
  try {
    return await review(options, io);
  } catch (error) {
    const message = error instanceof ReviewInputError ? error.message : `an unexpected error: ${String(error)}`;
    const code = error instanceof ReviewInputError ? error.code : "internal-error";
    const lines = message.split("\n").map((line) => `${terminalText(line)} [${code}]`);
    for (const line of lines) io.stderr.write(`mcpstack-iac review: ${line}\n`);
    // Nobody looks into a log first: the reason stands where the findings would.
    if (options.format === "github" && options.output === undefined)
      for (const line of lines) io.stdout.write(`::error title=MCP Stack review::${commandMessage(line)}\n`);
    return exitCodes.notUnderstood;
  }
}

/** The folder of the program. One that is not there would be a program without anything in it, past which a policy's demands lead. */
async function folderOf(given: string | undefined, { cwd }: ReviewIo): Promise<string> {
  const folder = path.resolve(cwd, given ?? ".");
  if (given === undefined) return folder;
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return folder;
  throw new ReviewInputError("option-invalid", `--source ${JSON.stringify(given)} is no folder that is there`);
}

async function review(options: ReviewCommandOptions, io: ReviewIo): Promise<ExitCode> {
  const failOn = choice("--fail-on", options.failOn ?? "error", failOnChoices) as FailOn;
  const outputs = outputsOf(options);
  const maxBytes = sizeOf(options.maxBytes ?? "65536");
  const source = await folderOf(options.source, io);
  const [policy, basePolicy] = await Promise.all([policyOf(options, io), basePolicyOf(options, io)]);
  const preflight =
    options.preflight === false
      ? undefined
      : await io.preflight?.({
          allowPrivateAddresses: options.allowPrivateAddresses === true,
          allowInsecureMetadata: options.allowInsecureMetadata === true,
          caFile: options.caFile === undefined ? undefined : path.resolve(io.cwd, options.caFile),
        });
  const reviewOptions: ReviewOptions = {
    base: options.base === undefined || options.base === "none" ? options.base : inputOf(options.base, io),
    label: options.name || undefined,
    savedPlan: options.savedPlan === undefined ? undefined : inputOf(options.savedPlan, io),
    policy,
    basePolicy: basePolicy?.policy,
    basePolicyProblems: basePolicy?.problems,
    environment: options.environment,
    now: io.now,
    preflight,
    blastRadius: options.blastRadius === false ? undefined : io.blastRadius,
    sources: () => configurationsIn(source),
    locate: locateIn(source, io.cwd),
  };
  try {
    const result = await reviewPlan(inputOf(options.input, io), reviewOptions);
    for (const { format, file } of outputs) {
      const isShown = file === undefined;
      const colour = isShown && io.stdout.isTTY === true && options.color !== false && !io.env.NO_COLOR;
      const text = render(result, format, { colour, maxBytes, version: io.version });
      if (isShown) io.stdout.write(text);
      else await written(path.resolve(io.cwd, file), text);
    }
    return exitCodeOf(result, failOn);
  } finally {
    await preflight?.close?.();
  }
}

function outputsOf({
  format,
  output,
  also,
}: ReviewCommandOptions): { format: OutputFormat; file: string | undefined }[] {
  const main = { format: choice("--format", format ?? "terminal", outputFormats), file: output };
  const further = (also ?? []).map((text) => {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1) {
      throw new ReviewInputError(
        "option-invalid",
        `--also ${JSON.stringify(text)} is not FORMAT=FILE, such as sarif=review.sarif`,
      );
    }
    return { format: choice("--also", text.slice(0, at), outputFormats), file: text.slice(at + 1) };
  });
  return [main, ...further];
}

function choice<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === text);
  if (found !== undefined) return found;
  throw new ReviewInputError("option-invalid", `${flag} ${JSON.stringify(text)} is none of ${choices.join(", ")}`);
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (/^\d+$/.test(text) && size >= 1000) return size;
  throw new ReviewInputError(
    "option-invalid",
    `--max-bytes ${JSON.stringify(text)} is not a whole number of 1000 or more`,
  );
}

function inputOf(name: string, io: ReviewIo): NamedInput {
  if (name === "-") return { name: "standard input", content: io.stdin };
  const file = path.resolve(io.cwd, name);
  return { name: relative(io.cwd, file), content: Readable.from(chunksOf(file)) };
}

/** Opened on first use, so that a missing file is an error of reading it. */
async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  yield* createReadStream(file, { highWaterMark: 256 * 1024 });
}

function relative(folder: string, file: string): string {
  const name = path.relative(folder, file);
  return name === "" || name.startsWith("..") ? file : name.split(path.sep).join("/");
}

async function policyOf(options: ReviewCommandOptions, io: ReviewIo): Promise<ReviewOptions["policy"]> {
  const file = options.policy ?? defaultPolicy;
  const text = await textOf(path.resolve(io.cwd, file), file, options.policy !== undefined);
  return text === undefined ? undefined : { policy: parsePolicy(text, file), file };
}

async function basePolicyOf(
  { basePolicy, policy }: ReviewCommandOptions,
  io: ReviewIo,
): Promise<BasePolicy | undefined> {
  if (basePolicy === undefined) return undefined;
  if (basePolicy === "none") return { policy: emptyPolicy, problems: [] };
  const text = await textOf(path.resolve(io.cwd, basePolicy), basePolicy, true);
  // Where it was copied to is of no use to a reader: it is called as the change calls it.
  return parseBasePolicy(text ?? "", relative(io.cwd, path.resolve(io.cwd, policy ?? defaultPolicy)));
}

async function textOf(file: string, name: string, mustExist: boolean): Promise<string | undefined> {
  try {
    if (!mustExist) await access(file);
  } catch {
    return undefined;
  }
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new ReviewInputError(
      "input-unreadable",
      `${name} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "failed"}`,
    );
  }
}

async function written(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new ReviewInputError(
      "output-unwritable",
      `${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "failed"}`,
    );
  }
}
