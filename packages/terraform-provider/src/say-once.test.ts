import { ReconcileError, type Run } from "@mcpstack/reconciler";
import { sayingOnce } from "./say-once";

const run = () => ({}) as Run;
const failing = (error: Error) => () => Promise.reject<string>(error);

test("what is read is given", async () => {
  expect(await sayingOnce(run(), async () => "read", "untouched")).toBe("read");
});

test("the same error is said by the first resource alone, and the others keep what they have", async () => {
  const one = run();
  await expect(sayingOnce(one, failing(new Error("401")), "a")).rejects.toThrow("401");
  expect(await sayingOnce(one, failing(new Error("401")), "b")).toBe("b");
  await expect(sayingOnce(one, failing(new Error("404 for gateway c")), "c")).rejects.toThrow("404 for gateway c");
});

test("a foreign organization is said once, whichever resource it names", async () => {
  const one = run();
  const mismatch = (name: string) => failing(new ReconcileError("organization_mismatch", name));
  await expect(sayingOnce(one, mismatch("Gateway a"), "a")).rejects.toThrow("Gateway a");
  expect(await sayingOnce(one, mismatch("Gateway b"), "b")).toBe("b");
});

test("another run says it again", async () => {
  await expect(sayingOnce(run(), failing(new Error("401")), "a")).rejects.toThrow("401");
  await expect(sayingOnce(run(), failing(new Error("401")), "a")).rejects.toThrow("401");
});
