import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Workspace } from "./terraform";

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
const block = (info: string) => {
  const found = new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(readme)?.[1];
  if (found === undefined) throw new Error(`The README has no block ${info}.`);
  return found;
};

test("The README's provider does what the README says.", () => {
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  for (const file of ["main.ts", "provider.ts"]) writeFileSync(join(folder, file), block(`ts ${file}`));
  const workspace = new Workspace(join(folder, "main.ts"));
  try {
    workspace.write(block("hcl"));
    workspace.init();
    expect(workspace.apply()).toMatch(/size = 6/);
    const [file = ""] = readdirSync(workspace.documents);
    expect(readFileSync(join(workspace.documents, file), "utf8")).toBe("HELLO!");
    expect(workspace.plan()).toMatchObject({ status: 0 });
    workspace.ok("state", "rm", "toy_file.greeting");
    workspace.ok("import", "toy_file.greeting", file);
    expect(workspace.plan()).toMatchObject({ status: 0 });
  } finally {
    workspace.remove();
    rmSync(folder, { recursive: true });
  }
});
