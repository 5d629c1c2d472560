/** Why there can be no review. Its codes are in docs/review/action.md. It names nothing but what the workflow's author wrote. */
export class Problem extends Error {
  /**
   * @param {string} code stable, for people to search for
   * @param {string} sentence
   */
  constructor(code, sentence) {
    super(`${sentence} [${code}]`);
  }
}
