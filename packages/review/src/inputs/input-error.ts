/** Why an input cannot be reviewed. Always exit code 2: a plan that was not understood is never a plan without findings. */
export type InputErrorCode =
  | "input-unreadable"
  | "input-not-json"
  | "input-truncated"
  | "input-unknown-format"
  | "input-unsupported-version"
  | "input-incomplete"
  | "policy-invalid"
  | "option-invalid"
  | "output-unwritable";

/** An input, policy or option that the review cannot work with. The message says what to do about it. */
export class ReviewInputError extends Error {
  override readonly name = "ReviewInputError";
  constructor(
    readonly code: InputErrorCode,
    message: string,
  ) {
    super(message);
  }
}
