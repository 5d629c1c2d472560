/** What stands in a document in the place of a text that repeats a secret. It looks like a mask, so that no update writes it back. */
export const echoMark = "[redacted]";
