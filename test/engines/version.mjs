// Versions as engines print them, and which of them will do.

/** The first `1.2.3` or `v1.2.3-dev` in what `PROGRAM version` prints; undefined when there is none. */
export function versionIn(output) {
  return /(?:^|[\sv])(\d+\.\d+\.\d+(?:-[0-9A-Za-z.]+)?)(?=\s|$)/.exec(output)?.[1];
}

/**
 * Whether `version` is `minimum` or newer. The rule for programs found on the PATH: any version from the minimum on,
 * since a newer engine is what users will have. What follows a hyphen (`-dev`, `-rc1`) is not compared.
 */
export function isAtLeast(version, minimum) {
  const [a, b] = [version, minimum].map((text) => text.split("-")[0].split(".").map(Number));
  for (let i = 0; i < 3; i++) {
    if (a[i] !== b[i]) return a[i] > b[i];
  }
  return true;
}
