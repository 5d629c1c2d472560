/** Levels of Terraform's logs, from the finest. */
export const LEVELS = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Writes a line at its level, with fields. Nothing is written, and nothing computed, while logging is off. */
export type Log = {
  readonly [L in Level]: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
} & {
  /** Whether lines of the level are written: ask before computing something only to log it. */
  enabled(level: Level): boolean;
};

/** The lowest level that the environment asks for; undefined: logging is off. `TF_LOG_PROVIDER` goes before `TF_LOG`. */
export function logLevel(env: NodeJS.ProcessEnv): Level | undefined {
  const asked = (env.TF_LOG_PROVIDER || env.TF_LOG || "").toLowerCase();
  if (asked === "" || asked === "off") return undefined;
  // Terraform takes JSON for "trace, as JSON", and any other word for trace.
  return LEVELS.find((level) => level === asked) ?? "trace";
}

/** A log of JSON lines, as go-plugin's client understands them and shows at their level. */
export function createLog(level: Level | undefined, module: string, write: (line: string) => void): Log {
  const lowest = level === undefined ? LEVELS.length : LEVELS.indexOf(level);
  const at = (of: Level) => {
    if (LEVELS.indexOf(of) < lowest) return () => {};
    return (message: string, fields?: Readonly<Record<string, unknown>>) =>
      write(formatLine(of, module, message, fields));
  };
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    enabled: (of) => LEVELS.indexOf(of) >= lowest,
  };
}

function formatLine(
  level: Level,
  module: string,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({
    "@level": level,
    "@message": message,
    "@module": module,
    // Six digits of a second: go-plugin reads no other number of them, and shows a line that it cannot read at "debug" only.
    "@timestamp": new Date().toISOString().replace("Z", "000Z"),
    ...fields,
  })}\n`;
}
