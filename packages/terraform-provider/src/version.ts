/** The version of this package; the bundle holds it, so nothing is read at start. */
export const { version } = require("../package.json") as { readonly version: string };
