import { ApiError, isApiError } from "./api-error";

test("the message says what happened and then what to do", () => {
  const error = new ApiError({ code: "conflict", summary: "It was refused.", hint: "Look again.", status: 409 });
  expect(error).toMatchObject({ name: "ApiError", message: "It was refused. Look again.", mayHaveHappened: false });
});

test("a changed copy keeps the rest", () => {
  const error = new ApiError({ code: "timeout", summary: "Late.", method: "PUT", path: "/x" });
  expect(error.with({ mayHaveHappened: true })).toMatchObject({ code: "timeout", path: "/x", mayHaveHappened: true });
});

test.each([
  [new ApiError({ code: "conflict", summary: "" }), ["conflict"] as const, true],
  [new ApiError({ code: "conflict", summary: "" }), ["invalid"] as const, false],
  [new ApiError({ code: "conflict", summary: "" }), [] as const, true],
  [new Error("conflict"), [] as const, false],
])("%# an error is told by its class and its code", (error, codes, expected) => {
  expect(isApiError(error, ...codes)).toBe(expected);
});
