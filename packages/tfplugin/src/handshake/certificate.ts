import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import {
  bitString,
  element,
  INTEGER,
  OCTET_STRING,
  objectIdentifier,
  SEQUENCE,
  SET,
  UTF8_STRING,
  utcTime,
} from "./der";

export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly key: string;
}

const DAY = 24 * 60 * 60 * 1000;
const ECDSA_WITH_SHA256 = element(SEQUENCE, objectIdentifier("1.2.840.10045.4.3.2"));
const TRUE = Uint8Array.of(0x01, 0x01, 0xff);

/**
 * A throw-away certificate for one process: self-signed, ECDSA on P-256, for the name `localhost`, which is what the client
 * asks for (RFC 5280 §4.1). It is its own authority, since the client trusts exactly this one.
 */
export function makeCertificate(now: Date = new Date()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = element(
    SEQUENCE,
    element(SET, element(SEQUENCE, objectIdentifier("2.5.4.3"), element(UTF8_STRING, Buffer.from("localhost")))),
  );
  const body = element(
    SEQUENCE,
    element(0xa0, element(INTEGER, Uint8Array.of(2))),
    element(INTEGER, serialNumber()),
    ECDSA_WITH_SHA256,
    name,
    // Clocks do not differ between two processes of one machine; an hour covers a clock that was just set back.
    element(SEQUENCE, utcTime(new Date(now.getTime() - DAY / 24)), utcTime(new Date(now.getTime() + 365 * DAY))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, extensions()),
  );
  const signature = sign("sha256", body, privateKey);
  const der = element(SEQUENCE, body, ECDSA_WITH_SHA256, bitString(signature));
  return { der, pem: toPem(der), key: exportKey(privateKey) };
}

/** Positive and without a leading zero, as RFC 5280 §4.1.2.2 asks. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

function extensions(): Buffer {
  const extension = (id: string, critical: boolean, value: Buffer) =>
    element(SEQUENCE, objectIdentifier(id), critical ? TRUE : Uint8Array.of(), element(OCTET_STRING, value));
  return element(
    SEQUENCE,
    extension("2.5.29.19", true, element(SEQUENCE, TRUE)),
    // digitalSignature, keyAgreement and keyCertSign
    extension("2.5.29.15", true, bitString(Uint8Array.of(0b10001100), 2)),
    extension(
      "2.5.29.37",
      false,
      element(SEQUENCE, objectIdentifier("1.3.6.1.5.5.7.3.1"), objectIdentifier("1.3.6.1.5.5.7.3.2")),
    ),
    extension("2.5.29.17", false, element(SEQUENCE, element(0x82, Buffer.from("localhost")))),
  );
}

function exportKey(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
