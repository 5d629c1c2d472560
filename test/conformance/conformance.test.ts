import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { selfSignedCertificate } from "@mcpstack/local-api";
import { applyPolicy, type FindingCode, findingCodes, findingPage } from "@mcpstack/model";
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
    const bench: Bench = { reader, tls, opened: [] };
    try {
      const findings = await (await subject.open(bench)).judge();
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

  test.each(cases.filter((one) => one.found).map((one) => [one.when.replaceAll("-", " "), one] as const))(
    "is gone, and nothing new is found, once its advice was taken %s",
    async (_, { file }) => {
      const { default: subject } = require(path.join(folder, file)) as { default: Case };
      const bench: Bench = { reader, tls, opened: [] };
      try {
        const trial = await subject.open(bench);
        const before = await trial.judge();
        const finding = before.find((one) => one.code === code);
        if (!finding) throw new Error(`${code} is not found`);
        // What asks for nothing is mended by nothing.
        if (/^Nothing\b/.test(finding.fix)) return expect(finding.severity).toBe("info");
        // Words alone are no advice that could be taken: the case says what they mean.
        if (subject.unseen) {
          expect(finding.fix).toContain(`No check can see that: let findings say "off" for ${code} then.`);
          expect(findingPage(code)).toContain('let `findings` say `"off"` for this code then');
          expect(applyPolicy([finding], { metadataCheck: "error", findings: { [code]: "off" } })).toEqual([]);
          return;
        }
        if (finding.advice) await trial.take(finding.advice);
        else if (subject.mend) await subject.mend();
        else throw new Error(`${file} does not say how to do this: ${finding.fix}`);
        const after = await trial.judge();
        expect(after.filter((one) => one.code === code)).toEqual([]);
        const known = new Set(before.map((one) => one.code));
        expect(after.filter((one) => !known.has(one.code) && !/^Nothing\b/.test(one.fix))).toEqual([]);
      } finally {
        await Promise.all(bench.opened.map((one) => one.close()));
      }
    },
  );
});
