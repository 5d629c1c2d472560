import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";

jest.setTimeout(60_000);

const root = path.resolve(__dirname, "../..");
const docs = path.join(root, "docs/pulumi");
const pages = readdirSync(docs).filter((file) => file.endsWith(".md"));

test("the reference says what the sources say: else run `npm run reference -w packages/pulumi`", async () => {
  await promisify(execFile)(process.execPath, [path.join(root, "packages/pulumi/reference.mjs"), "--check"]);
});

test.each(pages)("every link of %s leads somewhere", (page) => {
  const text = readFileSync(path.join(docs, page), "utf8");
  const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => String(link));
  const broken = links.filter((link) => !/^https?:/.test(link) && !existsSync(path.join(docs, link)));
  expect(broken).toEqual([]);
});

test("every program in the pages type-checks as it stands", () => {
  const programs = pages.flatMap((page) => {
    const text = readFileSync(path.join(docs, page), "utf8");
    const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => String(code));
    // What a page shows in pieces is one program.
    return blocks.length === 0 ? [] : [{ page, code: blocks.join("\n") }];
  });
  const files = new Map(programs.map(({ page, code }) => [path.join(docs, `${page}.ts`), merged(code)]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    skipLibCheck: true,
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists.call(host, file);
  host.readFile = (file) => files.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, version, ...rest) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile.call(host, file, version, ...rest)
      : ts.createSourceFile(file, code, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const complaints = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${path.basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  expect(complaints).toEqual([]);
});

/** The pieces of a page as one module: each import once, and what a page takes for given declared. */
function merged(code: string): string {
  const imports = new Map<string, Set<string>>();
  const body = code.replace(/^import \{ ([^}]+) \} from "([^"]+)";\n/gm, (_, names: string, from: string) => {
    const known = imports.get(from) ?? new Set();
    for (const name of names.split(", ")) known.add(name);
    imports.set(from, known);
    return "";
  });
  const stars = new Set([...body.matchAll(/^import \* as .*$/gm)].map(([line]) => line));
  const rest = body.replace(/^import \* as .*\n/gm, "");
  const lines = [...imports].map(([from, names]) => `import { ${[...names].join(", ")} } from "${from}";`);
  const given =
    /\bgateway\b/.test(rest) && !/const gateway\b/.test(rest)
      ? "declare const gateway: import('@mcpstack/pulumi').Gateway;"
      : "";
  return [...lines, ...stars, given, rest, "export {};"].join("\n");
}
