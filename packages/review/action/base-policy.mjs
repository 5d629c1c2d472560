// The policy as a revision has it. The way to it is followed in git's own trees, links included, so that a path means in the base
// what it means in the checkout.
import { Problem } from "./problem.mjs";

const maxLinks = 20;
const modes = { tree: "40000", link: "120000", submodule: "160000" };

/**
 * @param {{read(type: string, id: string): Promise<Buffer | undefined>}} objects
 * @param {string} revision 40 hex digits
 * @param {string[]} steps the way from the repository's root
 * @returns {Promise<Buffer | undefined>} undefined where the revision has no such file
 * @throws Problem where the revision, or a part of the way, cannot be read
 */
export async function fileAt(objects, revision, steps) {
  const read = async (type, id) => {
    const content = await objects.read(type, id);
    if (content === undefined) {
      throw new Problem(
        "base-unreadable",
        "The base commit cannot be read or fetched, so the policy that holds is not known.",
      );
    }
    return content;
  };
  const root = /^tree ([0-9a-f]{40})$/m.exec((await read("commit", revision)).toString("latin1"))?.[1] ?? "";
  const trees = [root];
  const waiting = [...steps];
  for (let links = 0; waiting.length > 0; ) {
    const step = waiting.shift();
    if (step === "" || step === ".") continue;
    if (step === "..") {
      if (trees.length === 1) throw leadsOut();
      trees.pop();
      continue;
    }
    const entry = entriesOf(await read("tree", trees.at(-1))).get(step);
    if (entry === undefined) return undefined;
    if (entry.mode === modes.submodule) {
      throw new Problem(
        "policy-elsewhere",
        "The policy lies in a submodule of the base, so the policy that holds is not known.",
      );
    }
    if (entry.mode === modes.link) {
      links += 1;
      const target = (await read("blob", entry.id)).toString("utf8");
      if (target.startsWith("/") || links > maxLinks) throw leadsOut();
      waiting.unshift(...target.split("/"));
    } else if (entry.mode === modes.tree) {
      trees.push(entry.id);
    } else {
      if (waiting.length > 0) return undefined;
      return read("blob", entry.id);
    }
  }
  throw new Problem("policy-unreadable", "The policy is a folder in the base, so the policy that holds is not known.");
}

const leadsOut = () =>
  new Problem(
    "policy-elsewhere",
    "The policy is a symbolic link in the base that leads out of it, so the policy that holds is not known.",
  );

/** A tree's entries: mode, a space, the name, a zero byte, and the id in 20 bytes. */
function entriesOf(tree) {
  const entries = new Map();
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(0x20, at);
    const end = tree.indexOf(0, space);
    const id = tree.subarray(end + 1, end + 21).toString("hex");
    entries.set(tree.subarray(space + 1, end).toString("utf8"), { mode: tree.subarray(at, space).toString(), id });
    at = end + 21;
  }
  return entries;
}
