import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** PEM texts, as `tls` options take them; `cert` is also the CA file that trusts it. */
export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate for an https issuer (RFC 5280 §4.1), good from yesterday for a year. @param hosts names and IPv4 addresses */
export function selfSignedCertificate(hosts: readonly string[] = ["127.0.0.1", "localhost"]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = certificateBody(hosts, publicKey);
  const signature = sign("sha256", body, privateKey);
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}

const dayMs = 24 * 60 * 60 * 1000;

function certificateBody(hosts: readonly string[], publicKey: KeyObject): Buffer {
  const name = sequence(tagged(0x31, sequence(oid("550403"), tagged(0x0c, Buffer.from("local issuer")))));
  return sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(Date.now() - dayMs), utcTime(Date.now() + 365 * dayMs)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(alternativeNames(hosts), authority)),
  );
}

/** RFC 5280 §4.2.1.6: tag 2 is a DNS name, tag 7 an address. */
function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIPv4(host) ? tagged(0x87, Buffer.from(host.split(".").map(Number))) : tagged(0x82, Buffer.from(host)),
  );
  return sequence(oid("551d11"), tagged(0x04, sequence(...names)));
}

/** `hex` is the identifier's encoded content. */
function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function utcTime(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\D/g, "").slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** One DER value: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
}

/** 1.2.840.10045.4.3.2 (RFC 5758 §3.2). */
const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));

/** Basic constraints with `cA` true (RFC 5280 §4.2.1.9), so that it may be named as a CA. */
const authority = sequence(
  oid("551d13"),
  tagged(0x01, Buffer.from([0xff])),
  tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff])))),
);
