import { CommandError, type ExitCode } from "../command/exit";
import type { CommandIo } from "../command/io";
import { writeResult } from "../command/write-result";
import { openChecker } from "./check";
import { watchDefault } from "./command";
import { exitCodeOf } from "./exit-code";
import { type DriftOptions, outputsOf } from "./options";
import { progressOn } from "./progress";
import { render } from "./render/render";
import type { Report } from "./report";
import { watch } from "./watch";

/** The command `mcpstack-iac drift`. */
export async function runDrift(options: DriftOptions, io: CommandIo): Promise<ExitCode> {
  const { format, failOn } = options;
  if (options.watch !== undefined && format !== "terminal" && format !== "json")
    throw new CommandError("usage", `--watch prints one line a change: use --format terminal or json, not ${format}.`);
  if (options.watch !== undefined && (options.output !== undefined || options.also !== undefined))
    throw new CommandError(
      "usage",
      "--watch prints to standard output: leave --output and --also out, or redirect it.",
    );
  const outputs = outputsOf(options);
  const checker = await openChecker(options, io);
  const progress = progressOn(io.stderr, options.progress);
  const write = async (report: Report) => {
    for (const { format: as, file } of outputs)
      await writeResult(render(report, as, renderOptions(options, file, io)), file, io);
  };
  try {
    if (options.watch !== undefined) {
      const first = (report: Report) =>
        format === "json"
          ? void io.stdout.write(
              `${JSON.stringify(JSON.parse(render(report, "json", renderOptions(options, undefined, io))))}\n`,
            )
          : write(report);
      return await watch(
        checker,
        {
          seconds: options.watch === true ? watchDefault : options.watch,
          format: format === "json" ? "json" : "terminal",
          failOn,
          progress,
          first,
        },
        io,
      );
    }
    const report = await checker.check(progress);
    await write(report);
    return exitCodeOf(report, failOn);
  } finally {
    await checker.close();
  }
}

function renderOptions({ failOn, color }: DriftOptions, file: string | undefined, { stdout, env }: CommandIo) {
  const colour = color && file === undefined && stdout.isTTY === true && !env.NO_COLOR;
  return { failOn, colour, width: stdout.columns ?? 120 };
}
