/** What a wait is counted in, in milliseconds: a tenth of a second, or less where little is to be waited for. */
const tickMs = (limitMs: number) => Math.max(1, Math.min(100, limitMs / 20));

/**
 * Calls back once somebody was waited for so long. Counted is the time in which this process could have heard an answer: while it is busy
 * itself, with the certificates of a hundred hosts or on a machine that is short of time, nobody else is late.
 *
 * @returns what ends the waiting
 */
export function patience(limitMs: number, over: () => void): () => void {
  const tick = tickMs(limitMs);
  let waitedMs = 0;
  // However long the process was busy, it finds one tick due.
  const timer = setInterval(() => {
    waitedMs += tick;
    if (waitedMs < limitMs) return;
    clearInterval(timer);
    over();
  }, tick);
  return () => clearInterval(timer);
}
