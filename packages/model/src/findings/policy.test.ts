import type { Finding } from "./finding";
import { applyPolicy, effectivePolicy } from "./policy";

const finding = (code: string, severity: Finding["severity"]): Finding => ({
  code,
  severity,
  leg: "upstream",
  path: [],
  summary: "",
  fix: "",
});

test("metadata_check caps severity and never raises it", () => {
  const findings = [finding("a", "error"), finding("b", "warn"), finding("c", "info")];
  const severities = (metadataCheck: "error" | "warn" | "off") =>
    applyPolicy(findings, { metadataCheck }).map(({ severity }) => severity);
  expect(severities("error")).toEqual(["error", "warn", "info"]);
  expect(severities("warn")).toEqual(["warn", "warn", "info"]);
  expect(severities("off")).toEqual([]);
});

test("a chosen severity takes the place of the finding's own, and off leaves it out; the cap still holds", () => {
  const policy = { metadataCheck: "warn", findings: { a: "off", b: "error" } } as const;
  expect(applyPolicy([finding("a", "error"), finding("b", "info")], policy)).toEqual([finding("b", "warn")]);
});

test("a gateway's choices come before the provider's, and warn is the default", () => {
  expect(effectivePolicy({}, {})).toEqual({ metadataCheck: "warn", findings: {} });
  expect(
    effectivePolicy({ findings: { a: "off" } }, { metadataCheck: "error", findings: { a: "warn", b: "info" } }),
  ).toEqual({
    metadataCheck: "error",
    findings: { a: "off", b: "info" },
  });
});
