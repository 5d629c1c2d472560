/** Something that a program passed to a construct cannot be used. `code` is stable; the message never holds a secret. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
