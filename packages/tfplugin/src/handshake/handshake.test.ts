import { createHash, X509Certificate } from "node:crypto";
import { createServer } from "node:net";
import { makeCertificate } from "./certificate";
import { element, objectIdentifier } from "./der";
import { handshakeLine, reattachConfig } from "./line";
import { listen } from "./listen";
import { readWishes, startedByClient } from "./negotiate";

test("The certificate is one that OpenSSL reads: self-signed, for localhost, valid now, with its own key.", () => {
  const { der, pem, key } = makeCertificate();
  const certificate = new X509Certificate(der);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.ca).toBe(true);
  expect(certificate.subject).toBe("CN=localhost");
  expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  expect(new X509Certificate(pem).fingerprint256).toBe(certificate.fingerprint256);
  expect(key).toContain("PRIVATE KEY");
});

test("Two certificates have two keys and two serial numbers.", () => {
  const [one, two] = [new X509Certificate(makeCertificate().der), new X509Certificate(makeCertificate().der)];
  expect(one.serialNumber).not.toBe(two.serialNumber);
  expect(createHash("sha256").update(one.raw).digest("hex")).not.toBe(
    createHash("sha256").update(two.raw).digest("hex"),
  );
});

test.each([
  [0x7f, "7f"],
  [0x80, "8180"],
  [0x100, "820100"],
])("DER writes a length of %d as %s.", (size, hex) => {
  expect(
    element(0x04, Buffer.alloc(size))
      .subarray(1, 1 + hex.length / 2)
      .toString("hex"),
  ).toBe(hex);
});

test("DER writes an object identifier's large arcs in base 128.", () => {
  expect(objectIdentifier("1.2.840.10045.4.3.2").toString("hex")).toBe("06082a8648ce3d040302");
});

test("The handshake line and the reattach value have go-plugin's form.", () => {
  const at = { network: "unix", address: "/tmp/s" } as const;
  expect(handshakeLine(at, undefined)).toBe("1|6|unix|/tmp/s|grpc|\n");
  expect(handshakeLine(at, Buffer.from([1, 2, 3, 4]))).toBe("1|6|unix|/tmp/s|grpc|AQIDBA\n");
  expect(JSON.parse(reattachConfig("registry.terraform.io/a/b", at, 7))).toEqual({
    "registry.terraform.io/a/b": {
      Protocol: "grpc",
      ProtocolVersion: 6,
      Pid: 7,
      Test: true,
      Addr: { Network: "unix", String: "/tmp/s" },
    },
  });
});

test("A client is known by its cookie only.", () => {
  const cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
  expect(startedByClient({ TF_PLUGIN_MAGIC_COOKIE: cookie })).toBe(true);
  expect(startedByClient({ TF_PLUGIN_MAGIC_COOKIE: "x" })).toBe(false);
  expect(startedByClient({})).toBe(false);
});

test("A client that takes no version 6, or asks for a port that is none, is refused.", () => {
  expect(readWishes({ PLUGIN_PROTOCOL_VERSIONS: "5,6" })).toMatchObject({ clientCertificate: undefined });
  expect(() => readWishes({ PLUGIN_PROTOCOL_VERSIONS: "4,5" })).toThrow("takes only 4, 5");
  expect(() => readWishes({ PLUGIN_MIN_PORT: "many" })).toThrow('PLUGIN_MIN_PORT is "many"');
});

test("On Windows a loopback port within the range is taken, the next one where it is in use.", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const port = (taken.address() as { port: number }).port;
  const wishes = { clientCertificate: undefined, socketFolder: undefined };
  const server = createServer();
  const at = await listen(server, { ...wishes, ports: [port, Math.min(port + 20, 65535)] }, "win32");
  expect(at).toMatchObject({ network: "tcp", address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  expect(at.address).not.toBe(`127.0.0.1:${port}`);
  await expect(listen(createServer(), { ...wishes, ports: [port, port] }, "win32")).rejects.toMatchObject({
    code: "PLUGIN_HANDSHAKE",
  });
  server.close();
  taken.close();
});
