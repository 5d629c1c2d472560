import * as pulumi from "@pulumi/pulumi";
import type * as provider from "../provider";

/**
 * The look-ups, in the program's own process. What they need is loaded only when one is called, so that importing the package costs
 * next to nothing.
 */
export function lookups(): typeof provider.lookups {
  const loaded = require("../provider") as typeof provider;
  loaded.configure({ config: { get: (key) => pulumi.runtime.getConfig(wholeKey(key)) } });
  return loaded.lookups;
}

/** A configuration key without a colon is one of the project's own. */
function wholeKey(key: string): string {
  return key.includes(":") ? key : `${pulumi.getProject()}:${key}`;
}
