import { z } from "zod";

/** The name of an attached server's public route. It becomes a path segment, so only what needs no escaping is taken. */
export const publicId = z
  .string({ error: "must be a string" })
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/, {
    error: "must be one URL path segment: letters, digits and . _ ~ -, beginning with a letter or digit",
  })
  .max(128, { error: "must have at most 128 characters" });
