// An API that repeats secrets in every place where an answer has one.
import { type FaultAction, type LocalApi, startLocalApi } from "@mcpstack/local-api";
import fc from "fast-check";
import { credential, cut, cutOf, encoding, secretNumber, secretText } from "./sentinel";

/** One answer that repeats a text. */
type Place = (text: string) => FaultAction;

const header = (text: string) => text.replace(/[^\x21-\x7e]/g, "");

/** Where an error, or an answer of a shape that nobody expects, may repeat any part of a text. */
const places: Readonly<Record<string, Place>> = {
  "an error": (text) => ({ status: 422, body: { error: text } }),
  "a description of an error": (text) => ({
    status: 409,
    body: { error: "x", error_description: `clientSecret: ${text}` },
  }),
  "a message within an error": (text) => ({
    status: 400,
    body: { error: { code: 7, message: `"${text}" is refused` } },
  }),
  "plain text": (text) => ({ status: 403, body: `authorization: ${text}` }),
  "a body that is JSON text": (text) => ({ status: 400, body: JSON.stringify({ input: { value: text } }) }),
  "a document of errors": (text) => ({ status: 422, body: { errors: [{ field: text, value: text }], [text]: text } }),
  "a text where a document is due": (text) => ({ status: 200, body: JSON.stringify(text) }),
  "a list where a document is due": (text) => ({ status: 200, body: [text, { [text]: text }] }),
  "the type of an id": (text) => ({ status: 200, body: { id: { [text]: text }, items: text } }),
  "items that are none": (text) => ({ status: 200, body: { items: [text], data: { [text]: 1 }, nextCursor: text } }),
  "what is no JSON": (text) => ({ status: 200, body: `{"id": "${text}` }),
  "a content type": (text) => ({ status: 200, body: "none", headers: { "content-type": `text/${header(text)}` } }),
  "a redirect": (text) => ({ status: 302, headers: { location: `https://x.example/${encodeURIComponent(text)}` } }),
  "the host of a redirect": (text) => ({
    status: 307,
    headers: { location: `https://${text.replace(/[^A-Za-z0-9]/g, "").slice(0, 60) || "x"}.example/` },
  }),
  "other headers": (text) => ({
    status: 429,
    body: { message: text },
    headers: { "retry-after": "3600", "www-authenticate": `Bearer error="${header(text).replaceAll('"', "")}"` },
  }),
  "a page": (text) => ({ status: 404, body: `<html>${text}</html>`, headers: { "content-type": "text/html" } }),
  "names of masked fields": (text) => ({
    status: 200,
    body: { id: "gtw_000001", name: "Support", [`f ${text}`]: "****", nested: { [text]: "[redacted]" } },
  }),
  "events of a log": (text) => ({
    status: 200,
    body: [
      { id: "1", type: text, outcome: text, message: `invalid audience: ${text}` },
      { message: `missing scope ${text}` },
    ],
  }),
};

/** Where a document of the right shape may repeat a secret whole. */
const documents: Readonly<Record<string, Place>> = {
  "a gateway's fields": (text) => ({
    status: 200,
    body: {
      id: "gtw_000001",
      name: "Support",
      status: text,
      description: text,
      clientId: text,
      scopes: [text],
      [text]: text,
    },
  }),
  "an id": (text) => ({ status: 201, body: { id: text } }),
  "the location of what was made": (text) => ({
    status: 201,
    headers: { location: `/api/v1/organizations/o/gateways/${encodeURIComponent(text)}` },
  }),
  "an attachment's fields": (text) => ({ status: 200, body: { gatewayId: text, publicId: text, callbackUrl: text } }),
  organizations: (text) => ({ status: 200, body: [{ id: text, slug: text, name: text }] }),
};

const match = fc.constantFrom(
  {},
  { method: "POST" },
  { method: "PUT" },
  { method: "DELETE" },
  { method: "GET", path: /\/gateways$/ },
  { method: "GET", path: /\/gateways\/[^/]+$/ },
  { path: /\/logs/ },
  { path: /\/mcp-servers/ },
  { path: /\/organizations$/ },
);

/** Secrets, and one answer that repeats one of them. */
export interface Echoing {
  readonly credential: string;
  /** Write-only settings, at several depths. */
  readonly writeOnly: { readonly clientSecret: string; readonly keys: { readonly a: readonly [string, number] } };
  readonly where: string;
  readonly match: NonNullable<Parameters<LocalApi["faults"]["add"]>[0]["match"]>;
  readonly after: number;
  readonly action: FaultAction;
}

const common = {
  credential,
  texts: fc.tuple(secretText, secretText, secretNumber),
  match,
  after: fc.nat(3),
};

export const echoing: fc.Arbitrary<Echoing> = fc
  .record({
    ...common,
    place: fc.constantFrom(...Object.keys(places)),
    document: fc.option(fc.constantFrom(...Object.keys(documents)), { nil: undefined, freq: 4 }),
    encoding,
    cut: fc.option(cut, { nil: undefined }),
    which: fc.nat(3),
  })
  .map((made) => {
    const [clientSecret, inner, number] = made.texts;
    const secrets = [made.credential, clientSecret, inner, String(number)];
    const secret = secrets[made.which] as string;
    const { place, document } = made;
    const action = document
      ? // A document is data: what it repeats of the credential whole is kept out of it.
        (documents[document] as Place)(
          made.encoding.name.includes("Base64") ? made.encoding.of(made.credential) : made.credential,
        )
      : (places[place] as Place)(made.encoding.of(made.cut ? cutOf(secret, made.cut) : secret));
    return {
      credential: made.credential,
      writeOnly: { clientSecret, keys: { a: [inner, number] as const } },
      where: `${made.encoding.name} in ${document ?? place}`,
      match: made.match,
      after: made.after,
      action,
    };
  });

/** The secrets of a case, without what every key of the service begins with. */
export function secretsOf({ credential: whole, writeOnly }: Echoing): string[] {
  const [inner, number] = writeOnly.keys.a;
  return [whole.replace(/^mcpstack_sk_/, ""), writeOnly.clientSecret, inner, String(number)];
}

/** An API that knows the credential, with one attached gateway; `plant` makes it repeat what the case says. */
export async function echoingService(of: Echoing): Promise<{ api: LocalApi; gatewayId: string; plant: () => void }> {
  const api = await startLocalApi({ tokens: { accessToken: of.credential } });
  const { id } = api.store.createGateway({
    name: "Support",
    providerType: "manual",
    authorizationServerUrl: "https://auth.example.invalid",
  });
  api.store.attach("srv_petalpal_api", { gatewayId: id, publicId: "gw_support" });
  const plant = () => void api.faults.add({ match: of.match, after: of.after, action: of.action });
  return { api, gatewayId: id, plant };
}
