/** A document that a test damages at will. */
// biome-ignore lint/suspicious/noExplicitAny: whatever it holds is the test's business
export type Loose = Record<string, any>;
