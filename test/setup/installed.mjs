// Whether node_modules holds what package-lock.json asks for.

/**
 * Compares the lock file with the list that npm leaves in node_modules/.package-lock.json, so that an `npm install`
 * done by hand counts as well.
 * @param {{packages: Record<string, {version?: string, integrity?: string, optional?: boolean}>}} lock
 * @param {{packages: Record<string, {version?: string, integrity?: string}>} | undefined} installed
 * @returns {string | undefined} the first difference in words, or undefined when there is none
 */
export function installDifference(lock, installed) {
  if (installed === undefined) return "nothing is installed";
  for (const [place, wanted] of Object.entries(lock.packages)) {
    if (place === "") continue;
    const found = installed.packages[place];
    if (found === undefined) {
      // Packages for other platforms are in the lock file and not on the disk.
      if (wanted.optional) continue;
      return `${place} is missing`;
    }
    if (found.version !== wanted.version) return `${place} is ${found.version}, not ${wanted.version}`;
    if (found.integrity !== wanted.integrity) {
      return `${place} is ${found.version}, not ${wanted.version} with the checksum of the lock file`;
    }
  }
  return undefined;
}
