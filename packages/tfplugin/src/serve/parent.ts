const INTERVAL = 2000;

/** Calls `gone` when the process that started this one has died without saying so: the provider's own parent has changed then. */
export function watchParent(gone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) gone();
  }, INTERVAL).unref();
}
