// Somebody ends an apply of a real engine: its own process, those of the provider, or both.
import { type ChildProcess, execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Ending } from "./engine";
import type { Service } from "./service";

/** A process, as far as it is decided whether it is ended. */
export interface Running {
  readonly pid: number;
  readonly command: string;
}

/** What an engine's processes came to. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
  /** Whether the signal was sent: false where the engine was done before. */
  readonly isEnded: boolean;
  /** Processes that the engine had started when it was ended. Empty where it was not. */
  readonly started: readonly Running[];
}

/**
 * Follows an engine, which leads a process group, to its end, and ends it where that is due.
 *
 * @param isProvider - says which of the processes that the engine has started are the provider's.
 */
export async function seenThrough(
  child: ChildProcess,
  ending: Ending | undefined,
  service: Service,
  isProvider: (process: Running) => boolean = () => true,
): Promise<Ended> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (output += String(piece)));
  let isOver = false;
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve)).finally(() => {
    isOver = true;
  });
  const started = ending && (await endWhenDue(child, ending, service, { isOver: () => isOver, isProvider }));
  return { status: await closed, output, isEnded: started !== undefined, started: started ?? [] };
}

/** Sends the signal, counted from the first write of the apply on. Undefined where the engine was done before. */
async function endWhenDue(
  { pid }: ChildProcess,
  { signal, whom, afterMs }: Ending,
  service: Service,
  { isOver, isProvider }: { isOver: () => boolean; isProvider: (process: Running) => boolean },
): Promise<Running[] | undefined> {
  const begun = service.requests.length;
  const isWriting = () => service.requests.slice(begun).some(({ method }) => method !== "GET");
  while (!isOver() && !isWriting()) await passing(5);
  await passing(afterMs);
  if (pid === undefined) return undefined;
  const started = await startedBy(pid);
  if (isOver()) return undefined;
  if (whom !== "provider") end(whom === "both" ? -pid : pid, signal);
  // Ctrl-C reaches the engine's group alone. What kills without asking, such as a machine that stops, kills whatever there is.
  const others =
    whom === "provider" ? started.filter(isProvider) : whom === "both" && signal === "SIGKILL" ? started : [];
  for (const one of others) end(one.pid, signal);
  return started;
}

/** @param pid - of a process, or of a group where it is negative. */
function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends what is left of some processes. A number that another process has by now is none of them. */
export async function endLeft(processes: readonly Running[]): Promise<void> {
  if (processes.length === 0) return;
  for (const { pid, command } of await running())
    if (processes.some((one) => one.pid === pid && one.command === command)) end(pid, "SIGKILL");
}

/** Processes that one has started, and those that they have. */
async function startedBy(pid: number): Promise<Running[]> {
  const all = await running();
  const below = (above: number): Running[] =>
    all.filter(({ parent }) => parent === above).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

async function running(): Promise<(Running & { readonly parent: number })[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, own, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return own === undefined ? [] : [{ pid: Number(own), parent: Number(parent), command }];
  });
}

export function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
