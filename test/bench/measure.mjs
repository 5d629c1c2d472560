// How the benchmarks time things.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs both in turn, so that a machine that slows down slows both, and gives the median of the ratios pair by pair. */
export async function pairedRatio(rounds, measured, baseline) {
  const ratios = [];
  for (let round = 0; round < rounds; round++) ratios.push((await measured()) / (await baseline()));
  return round2(median(ratios));
}

export function round2(value) {
  return Math.round(value * 100) / 100;
}

/** Runs a program to its end and gives the seconds it took. Fails where its status is not 0. */
export function secondsOf(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], ...options });
    let said = "";
    child.stderr?.on("data", (piece) => {
      said = (said + piece).slice(-4000);
    });
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve((performance.now() - start) / 1000);
      else reject(new Error(`${program} ${args.join(" ")} ended with status ${status}\n${said}`));
    });
  });
}

/** Watches processes whose command line has `part` and remembers the most memory one of them had (Linux: VmHWM), in MiB. */
export function watchPeakMemory(part) {
  let peak = 0;
  const look = () => {
    for (const id of readdirSync("/proc")) {
      if (!/^\d+$/.test(id)) continue;
      try {
        if (!readFileSync(`/proc/${id}/cmdline`, "utf8").includes(part)) continue;
        const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
        if (kib !== undefined) peak = Math.max(peak, Number(kib) / 1024);
      } catch {
        // The process ended meanwhile.
      }
    }
  };
  const timer = process.platform === "linux" ? setInterval(look, 50) : undefined;
  return () => {
    clearInterval(timer);
    return Math.round(peak);
  };
}
