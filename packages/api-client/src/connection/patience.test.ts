import { isApiError } from "../errors/api-error";
import { patienceOf } from "./patience";

test("the program's choice comes before the environment's, and that before the default", () => {
  const env = { MCPSTACK_RETRY_TIMEOUT: "7", MCPSTACK_READ_LAG: " 3 " };
  expect(patienceOf({}, {})).toEqual({ retryMs: 120_000, readLagMs: 30_000 });
  expect(patienceOf({}, env)).toEqual({ retryMs: 7_000, readLagMs: 3_000 });
  expect(patienceOf({ retryTimeout: 0, readLag: 1 }, env)).toEqual({ retryMs: 0, readLagMs: 1_000 });
});

test.each(["soon", "-1", "1.5", "3601"])("a variable of %p is an error that names it", (text) => {
  const name = "MCPSTACK_RETRY_TIMEOUT";
  try {
    patienceOf({}, { [name]: text });
  } catch (error) {
    expect(isApiError(error, "environment_invalid")).toBe(true);
    expect(String(error)).toMatch(new RegExp(`${name} must be .* unset it`));
    return;
  }
  throw new Error("it was taken");
});
