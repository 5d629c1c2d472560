type Environment = Readonly<Record<string, string | undefined>>;

/** Commands whose plan of the program is what the user asked for, unless a flag says that it comes before a destroy. */
const planning: ReadonlySet<string> = new Set(["plan", "apply", "refresh", "import"]);

/**
 * Whether a command line of Terraform or OpenTofu may destroy. Before it destroys, core plans the program once more, and an error of that
 * plan vetoes the destroy (`PlanOpts.PreDestroyRefresh`); it does not tell a provider which plan this is. So does `test` when it clears
 * away what it made. A command line that is not understood may destroy.
 *
 * @param args - with the program's name; undefined where they cannot be read.
 * @param env - flags may also stand in `TF_CLI_ARGS` and `TF_CLI_ARGS_NAME`.
 */
export function mayDestroy(args: readonly string[] | undefined, env: Environment): boolean {
  const given = args?.slice(1) ?? [];
  const command = given.find((arg) => !arg.startsWith("-"));
  if (command === undefined || !planning.has(command)) return true;
  const more = [env.TF_CLI_ARGS, env[`TF_CLI_ARGS_${command}`]].flatMap((text) => text?.split(/\s+/) ?? []);
  return [...given, ...more].some(
    (arg) => /^['"]?--?destroy(=|['"]?$)/.test(arg) && !/=['"]?(false|0|f)['"]?$/i.test(arg),
  );
}
