import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import * as tls from "node:tls";

/** The file of further certificate authorities cannot be used. */
export class CaFileError extends Error {
  readonly code = "ca_file_unusable";
}

const pemCertificate =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** The authorities of a connection. */
export interface Authorities {
  readonly secureContext: tls.SecureContext;
}

/**
 * Reads a PEM file and adds its certificates to those that are trusted anyway. Throws `CaFileError`. All of them together take tens of
 * milliseconds to parse: that is done once, at the first connection, and not for each.
 */
export function trustedAuthorities(caFile: string): () => Authorities {
  const ca = [...trustedCertificates(caFile)];
  let authorities: Authorities | undefined;
  return () => {
    authorities ??= { secureContext: tls.createSecureContext({ ca }) };
    return authorities;
  };
}

function trustedCertificates(caFile: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(caFile, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new CaFileError(
      `caFile "${caFile}" cannot be read (${reason}). Give the path of a file with PEM certificates.`,
    );
  }
  const own = text.match(pemCertificate) ?? [];
  if (own.length === 0) {
    throw new CaFileError(
      `caFile "${caFile}" holds no PEM certificate. It must hold at least one -----BEGIN CERTIFICATE----- block.`,
    );
  }
  try {
    for (const pem of own) new X509Certificate(pem);
  } catch (error) {
    throw new CaFileError(`caFile "${caFile}" holds a certificate that cannot be parsed: ${(error as Error).message}`);
  }
  return [...defaultCertificates(), ...own];
}

/** A list of authorities takes the place of Node's own, so that one has to be part of it. */
function defaultCertificates(): readonly string[] {
  // From Node 22.15 on; includes what NODE_EXTRA_CA_CERTS and --use-system-ca add.
  const { getCACertificates } = tls as { getCACertificates?: (type: "default") => readonly string[] };
  if (getCACertificates) return getCACertificates("default");
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  if (!extra) return tls.rootCertificates;
  try {
    return [...tls.rootCertificates, ...(readFileSync(extra, "utf8").match(pemCertificate) ?? [])];
  } catch {
    // Node itself only warns about a file that it cannot read.
    return tls.rootCertificates;
  }
}
