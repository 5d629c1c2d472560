import { readdir, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import type { PlanChanges, SourcePosition } from "../changes/change";
import type { ReviewFinding } from "../finding";
import { parseAddress } from "../inputs/terraform/address";
import { constructLine } from "./construct-line";
import { hclLines } from "./hcl-lines";
import { configurationFiles, type SourceText } from "./settle-arguments";

const maxFiles = 2000;
const maxConfigurations = 10_000;
const maxFileBytes = 1024 * 1024;
/** What is made, or somebody else's, and is pointed at by no finding. */
const skipped = (name: string) =>
  name.startsWith(".") || ["node_modules", "cdktf.out", "dist", "vendor"].includes(name);
/** Where no program is: what a configuration means must not depend on how its folder is called. */
const withoutPrograms: ReadonlySet<string> = new Set(["node_modules", ".git", ".terraform"]);

/**
 * Makes a finder of source lines: Terraform blocks in `.tf` files, constructs in TypeScript by their id. What the plan itself says of its
 * source (Pulumi) wins. What is found in more than one place is not guessed.
 *
 * @param folder - The program's folder. @param from - The folder that paths are given relative to.
 */
export function locateIn(folder: string, from: string) {
  return async (plan: PlanChanges, findings: readonly ReviewFinding[]): Promise<ReviewFinding[]> => {
    const here = (file: string) => path.relative(from, path.resolve(folder, file)).split(path.sep).join("/");
    if (plan.frontEnd === "pulumi") {
      return findings.map((finding) => {
        const source = finding.source;
        const isInside = source !== undefined && finding.kind !== "policy" && !here(source.file).startsWith("..");
        return isInside ? { ...finding, source: { ...source, file: here(source.file) } } : finding;
      });
    }
    if (findings.every(({ kind }) => kind === "policy")) return [...findings];
    const wanted = plan.frontEnd === "cdktf" ? /(?<!\.d)\.[cm]?tsx?$/ : /\.tf$/;
    const { files } = await filesIn(folder, wanted, skipped, maxFiles);
    const texts = await textsOf(folder, files, here);
    const find = plan.frontEnd === "cdktf" ? constructFinder(plan, texts) : hclFinder(texts);
    return findings.map((finding) => {
      const source = finding.kind === "policy" ? undefined : find(finding);
      return source ? { ...finding, source } : finding;
    });
  };
}

/** The files of a Terraform program in which a provider may be configured, of every program below a folder; without a text what is not read. */
export async function configurationsIn(folder: string): Promise<readonly SourceText[]> {
  const isSkipped = (name: string) => withoutPrograms.has(name);
  const { files, links } = await filesIn(folder, configurationFiles, isSkipped, maxConfigurations + 1);
  const known = await Promise.all(links.map(async (link) => ((await leadsInto(folder, link)) ? [link] : [])));
  const read = [...files.slice(0, maxConfigurations), ...known.flat()];
  const unread = [...files, ...links].filter((file) => !read.includes(file));
  return [...(await textsOf(folder, read, (file) => file)), ...unread.map((file) => ({ file, text: undefined }))];
}

function textsOf(folder: string, files: readonly string[], here: (file: string) => string): Promise<SourceText[]> {
  return Promise.all(files.map(async (file) => ({ file: here(file), text: await contentOf(path.join(folder, file)) })));
}

function hclFinder(texts: readonly SourceText[]): (finding: ReviewFinding) => SourcePosition | undefined {
  const blocks = new Map<string, SourcePosition[]>();
  for (const { file, text } of texts) {
    for (const { key, line } of hclLines(text ?? "")) blocks.set(key, [...(blocks.get(key) ?? []), { file, line }]);
  }
  return (finding) => {
    const address = parseAddress(finding.address);
    const key = finding.kind === "provider" ? finding.address : address && `${address.type}.${address.name}`;
    const found = key === undefined ? undefined : blocks.get(key);
    return found?.length === 1 ? found[0] : undefined;
  };
}

function constructFinder(
  plan: PlanChanges,
  texts: readonly SourceText[],
): (finding: ReviewFinding) => SourcePosition | undefined {
  const paths = new Map(
    [...plan.gateways, ...plan.attachments].map(({ address, constructPath }) => [address, constructPath]),
  );
  return (finding) => {
    const constructPath = paths.get(finding.address);
    if (constructPath === undefined) return undefined;
    const found = texts.flatMap(({ file, text }) =>
      constructLine(text ?? "", constructPath).map((line) => ({ file, line })),
    );
    return found.length === 1 ? found[0] : undefined;
  };
}

/** The files below a folder with a wanted name, and links of such a name, which may lead out of it. */
async function filesIn(
  folder: string,
  wanted: RegExp,
  isSkipped: (name: string) => boolean,
  max: number,
): Promise<{ readonly files: readonly string[]; readonly links: readonly string[] }> {
  const files: string[] = [];
  const links: string[] = [];
  const waiting = [""];
  for (let next = waiting.shift(); next !== undefined && files.length < max; next = waiting.shift()) {
    const entries = await readdir(path.join(folder, next), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(next, entry.name);
      if (entry.isDirectory() && !isSkipped(entry.name)) waiting.push(file);
      if (entry.isFile() && wanted.test(entry.name)) files.push(file);
      if (entry.isSymbolicLink() && wanted.test(entry.name)) links.push(file);
    }
  }
  return { files: files.slice(0, max), links };
}

async function leadsInto(folder: string, link: string): Promise<boolean> {
  const [root, target] = await Promise.all(
    [folder, path.join(folder, link)].map((one) => realpath(one).catch(() => undefined)),
  );
  return root !== undefined && target?.startsWith(`${root}${path.sep}`) === true;
}

async function contentOf(file: string): Promise<string | undefined> {
  const content = await readFile(file).catch(() => undefined);
  return content === undefined || content.length > maxFileBytes ? undefined : content.toString("utf8");
}
