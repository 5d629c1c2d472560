/** A value that only the engine can work out. The same meaning stands for the same expression over the same definitions. */
export class Unresolved {
  constructor(
    readonly meaning: string,
    /** As it is written. */
    readonly text: string,
  ) {}
}
