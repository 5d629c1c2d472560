import { X509Certificate } from "node:crypto";
import https from "node:https";
import { closeAfterTest } from "../testing/caller";
import { selfSignedCertificate } from "./self-signed-certificate";
import { startIssuer } from "./start-issuer";
import { startTableIssuer } from "./start-table-issuer";

function get(url: string, ca?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { ...(ca === undefined ? {} : { ca }), agent: false }, (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => resolve(text));
    });
    request.on("error", reject);
  });
}

describe("a self-signed certificate", () => {
  test("is for its hosts, for a year, and signed by its own key", () => {
    const certificate = new X509Certificate(selfSignedCertificate(["auth.example.com", "127.0.0.1"]).cert);
    expect(certificate.subjectAltName).toBe("DNS:auth.example.com, IP Address:127.0.0.1");
    expect(certificate.checkHost("auth.example.com")).toBe("auth.example.com");
    expect(certificate.checkHost("other.example.com")).toBeUndefined();
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now() + 360 * 24 * 60 * 60 * 1000);
  });

  test("makes a table issuer an https one, which is trusted only where the certificate is named", async () => {
    const tls = selfSignedCertificate();
    const table = closeAfterTest(await startTableIssuer({ tls, host: "localhost" }));
    const address = `${table.url}/.well-known/openid-configuration`;
    expect(table.url).toMatch(/^https:\/\/localhost:/);
    expect(JSON.parse(await get(address, tls.cert)).issuer).toBe(table.url);
    await expect(get(address)).rejects.toThrow(/self-signed/);
  });

  test("makes a real issuer an https one, whose document names https addresses", async () => {
    const tls = selfSignedCertificate();
    const issuer = closeAfterTest(await startIssuer({ tls }));
    const document = JSON.parse(await get(`${issuer.url}/.well-known/openid-configuration`, tls.cert));
    expect([document.issuer, document.token_endpoint]).toEqual([issuer.url, `${issuer.url}/token`]);
  });
});
