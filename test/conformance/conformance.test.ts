import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { selfSignedCertificate } from "@mcpstack/local-api";
import { type FindingCode, findingCodes } from "@mcpstack/model";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import type { Bench, Case } from "./case";

// cases/CODE.WHEN.ts must find the code, cases/no-CODE.WHEN.ts must not; both must find no other warning or error than they say.
const folder = path.join(__dirname, "cases");
const files = readdirSync(folder).sort();

interface Named {
  readonly code: FindingCode;
  readonly found: boolean;
  readonly when: string;
  readonly file: string;
}

const named = files.map((file): Named => {
  const [stem = "", when = ""] = file.replace(/\.ts$/, "").split(".");
  const isCode = (text: string): text is FindingCode => (findingCodes as readonly string[]).includes(text);
  const code = stem.replace(/^no-/, "");
  if (isCode(stem)) return { code: stem, found: true, when, file };
  if (isCode(code)) return { code, found: false, when, file };
  throw new Error(`${file} is named for no finding`);
});

const tls = selfSignedCertificate();
const temporary = mkdtempSync(path.join(tmpdir(), "mcpstack-conformance-"));
const caFile = path.join(temporary, "ca.pem");
writeFileSync(caFile, tls.cert);
const reader = new MetadataReader({ caFile });
afterAll(async () => {
  await reader.close();
  rmSync(temporary, { recursive: true, force: true });
});

describe.each(findingCodes)("%s", (code) => {
  const cases = named.filter((one) => one.code === code);

  test("has a case in which it is found and one in which it is not", () => {
    expect(new Set(cases.map(({ found }) => found))).toEqual(new Set([true, false]));
  });

  test.each(
    cases.map((one) => [`${one.found ? "found" : "not found"} ${one.when.replaceAll("-", " ")}`, one] as const),
  )("is %s", async (_, { file, found }) => {
    const { default: subject } = require(path.join(folder, file)) as { default: Case };
    reader.restart();
    const bench: Bench = { reader, tls, opened: [] };
    try {
      const findings = await subject.run(bench);
      const codes = new Set(
        findings
          .filter((finding) => finding.severity !== "info" || finding.code === code)
          .map((finding) => finding.code),
      );
      expect([...codes].sort()).toEqual([...(found ? [code] : []), ...(subject.beside ?? [])].sort());
    } finally {
      await Promise.all(bench.opened.map((one) => one.close()));
    }
  });
});
