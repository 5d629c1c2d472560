// A text of the service with pieces of secrets in it, and what is shown of it.
import fc from "fast-check";
import { Secrets } from "../../packages/api-client/src/secrets/secrets";
import { serverWords } from "../../packages/api-client/src/secrets/server-words";
import { credential, cut, cutOf, encoding, encodings, found, secretText } from "./sentinel";

const parameters = { numRuns: 3_000, seed: 20260501 } as const;
const around = fc.constantFrom(
  "",
  "value ",
  'refused: "',
  "x=",
  "The field clientSecret holds\n",
  "no room for it, since ",
  ">".repeat(190),
);

test("No piece of a secret is shown, whatever the service does to it and wherever the text is cut", () => {
  fc.assert(
    fc.property(
      fc.oneof(secretText, credential),
      encoding,
      encoding,
      cut,
      cut,
      around,
      around,
      (secret, { of: one }, { of: other }, part, whole, before, after) => {
        const secrets = new Secrets();
        secrets.add({ nested: [{ secret }] });
        const repeated = `${before}${one(cutOf(secret, part))}${after} ${cutOf(other(secret), whole)}`;
        expect(found(serverWords(repeated, secrets), secret)).toEqual([]);
      },
    ),
    parameters,
  );
});

test.each(encodings.map(({ name, of }) => [name, of] as const))("the search finds a secret %s", (_, of) => {
  for (const secret of fc.sample(fc.oneof(secretText, credential), { numRuns: 50, seed: 1 })) {
    // A short text between quotes and spaces may lose every piece that says something.
    if (secret.length >= 20) expect(found(`The service said ${of(secret)} to that`, secret)).not.toEqual([]);
  }
});
