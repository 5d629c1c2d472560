import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { PlanChanges, SourcePosition } from "../changes/change";
import type { ReviewFinding } from "../finding";
import { parseAddress } from "../inputs/terraform/address";
import { constructLine } from "./construct-line";
import { hclLines } from "./hcl-lines";
import { configurationFiles, type SourceText } from "./settle-arguments";

const maxFiles = 2000;
const maxFileBytes = 1024 * 1024;
const skipped: ReadonlySet<string> = new Set(["node_modules", "cdktf.out", "dist", "vendor"]);

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
    const files = await filesIn(folder, plan.frontEnd === "cdktf" ? /(?<!\.d)\.[cm]?tsx?$/ : /\.tf$/);
    const texts = await textsOf(folder, files, here);
    const find = plan.frontEnd === "cdktf" ? constructFinder(plan, texts) : hclFinder(texts);
    return findings.map((finding) => {
      const source = finding.kind === "policy" ? undefined : find(finding);
      return source ? { ...finding, source } : finding;
    });
  };
}

/** The files of a Terraform program in which a provider may be configured, of every program below a folder. */
export async function configurationsIn(folder: string): Promise<readonly SourceText[]> {
  return textsOf(folder, await filesIn(folder, configurationFiles), (file) => file);
}

function textsOf(folder: string, files: readonly string[], here: (file: string) => string): Promise<SourceText[]> {
  return Promise.all(files.map(async (file) => ({ file: here(file), text: await contentOf(path.join(folder, file)) })));
}

function hclFinder(texts: readonly SourceText[]): (finding: ReviewFinding) => SourcePosition | undefined {
  const blocks = new Map<string, SourcePosition[]>();
  for (const { file, text } of texts) {
    for (const { key, line } of hclLines(text)) blocks.set(key, [...(blocks.get(key) ?? []), { file, line }]);
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
    const found = texts.flatMap(({ file, text }) => constructLine(text, constructPath).map((line) => ({ file, line })));
    return found.length === 1 ? found[0] : undefined;
  };
}

async function filesIn(folder: string, wanted: RegExp): Promise<string[]> {
  const found: string[] = [];
  const waiting = [""];
  for (let next = waiting.shift(); next !== undefined && found.length < maxFiles; next = waiting.shift()) {
    const entries = await readdir(path.join(folder, next), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      // Links are not followed: they may lead out of the folder.
      if (entry.isDirectory() && !entry.name.startsWith(".") && !skipped.has(entry.name))
        waiting.push(path.join(next, entry.name));
      if (entry.isFile() && wanted.test(entry.name)) found.push(path.join(next, entry.name));
    }
  }
  return found.slice(0, maxFiles);
}

async function contentOf(file: string): Promise<string> {
  const content = await readFile(file).catch(() => Buffer.alloc(0));
  return content.length > maxFileBytes ? "" : content.toString("utf8");
}
