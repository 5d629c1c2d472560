// What must hold for every file of the repository.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const root = path.resolve(__dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const trackedFiles = execFileSync("git", ["ls-files", "-z"], { cwd: root, maxBuffer: 1 << 26 })
  .toString()
  .split("\0")
  .filter((file) => file !== "" && existsSync(path.join(root, file)) && statSync(path.join(root, file)).isFile());

/** The lines of tracked files in which the pattern is found, as "file:line: match". */
function occurrences(pattern: RegExp): string[] {
  return trackedFiles.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((line, index) => {
        const match = pattern.exec(line);
        return match === null ? [] : [`${file}:${index + 1}: ${match[0]}`];
      }),
  );
}

test("no file names the host of a package registry", () => {
  // Written apart, so that this file does not name them either. Provider addresses such as those of
  // Terraform's and OpenTofu's registries are names, not hosts to install from.
  const hosts = [
    ["registry", "npmjs", "org"],
    ["registry", "yarnpkg", "com"],
    ["npm", "pkg", "github", "com"],
    ["proxy", "golang", "org"],
    ["sum", "golang", "org"],
    ["pypi", "org"],
    ["repo1", "maven", "org"],
    ["repo", "maven", "apache", "org"],
    ["index", "crates", "io"],
    ["rubygems", "org"],
  ];
  expect(occurrences(new RegExp(hosts.map((parts) => parts.join("\\.")).join("|")))).toEqual([]);
});

test("no file names a path of a developer's machine", () => {
  const places = ["work", "root", "home", "Users"].join("|");
  expect(occurrences(new RegExp(`(?<![\\w.~$}*-])/(?:${places})/[\\w.-]+`))).toEqual([]);
});

describe("packages import only what their manifest lists, and only downwards", () => {
  /** DESIGN's picture: what each package may import of the others. */
  const below: Record<string, string[]> = {
    model: [],
    "api-client": ["model"],
    "oauth-metadata": ["model"],
    reconciler: ["api-client", "oauth-metadata", "model"],
    tfplugin: [],
    "terraform-provider": ["tfplugin", "reconciler", "api-client", "oauth-metadata", "model"],
    pulumi: ["reconciler", "api-client", "oauth-metadata", "model"],
    // Its schema, not its code: the constructs are generated from what the provider says of itself.
    cdktf: ["model"],
    review: ["oauth-metadata", "model"],
    "local-api": ["model"],
    cli: ["review", "reconciler", "local-api", "api-client", "oauth-metadata", "model"],
  };
  const packages = readdirSync(path.join(root, "packages")).filter((name) =>
    existsSync(path.join(root, "packages", name, "package.json")),
  );

  test("every package has its place in the picture", () => {
    expect(packages.sort()).toEqual(Object.keys(below).sort());
  });

  test.each(packages)("%s", (name) => {
    const manifest = JSON.parse(read(`packages/${name}/package.json`)) as Record<string, Record<string, string>>;
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const listedForTests = [...installed, ...Object.keys(manifest.devDependencies ?? {})];
    // What a package bundles is not installed with it.
    const bundles = existsSync(path.join(root, "packages", name, "build.mjs"));
    const listed = bundles ? listedForTests : installed;
    const wrong: string[] = [];
    for (const file of trackedFiles.filter((tracked) => tracked.startsWith(`packages/${name}/src/`))) {
      if (!file.endsWith(".ts")) continue;
      const isTest = file.endsWith(".test.ts") || file.includes("/testing/");
      for (const { fileName } of ts.preProcessFile(read(file), true, true).importedFiles) {
        const imported = /^@mcpstack\/([a-z-]+)/.exec(fileName)?.[1];
        if (imported === undefined || imported === name) continue;
        // A package's tests may run against the local API, which nothing but the command may import otherwise.
        const allowed = below[name]?.includes(imported) || (isTest && imported === "local-api");
        if (!allowed) wrong.push(`${file} imports ${imported}, which is not below ${name}`);
        const known = isTest ? listedForTests : listed;
        if (!known.includes(`@mcpstack/${imported}`))
          wrong.push(`${file} imports ${imported}, which package.json lacks`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
