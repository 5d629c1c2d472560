/** Why there can be no review, as a sentence for the log. It names nothing but what the workflow's author wrote. */
export class Problem extends Error {}
