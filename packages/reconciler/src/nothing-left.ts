/** Thrown by a look before the repeat of a write: what was to be done is done, or is not this write's to do any more. */
export class NothingLeft extends Error {
  override readonly name = "NothingLeft";
}
