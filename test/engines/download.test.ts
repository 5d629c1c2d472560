import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { callEach, callOne } from "../setup/module-calls";

const tested = "test/engines/download.mjs";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("an archive passes only with the checksum that its publisher gives for its name", async () => {
  const good = sha256("archive");
  const lists: [string, string | undefined][] = [
    [`${good}  a.zip\n`, undefined],
    [`${sha256("other")}  b.zip\n${good.toUpperCase()} *./a.zip\r\n`, undefined],
    [`${sha256("other")}  a.zip\n`, "checksum_mismatch"],
    [`${good}  ba.zip\n`, "checksum_missing"],
    [`${good}  a.zip.sig\n`, "checksum_missing"],
    [`${good.slice(1)}  a.zip\n`, "checksum_missing"],
    ["<html>not a list</html>", "checksum_missing"],
    ["", "checksum_missing"],
  ];
  const outcomes = await callEach(
    tested,
    "verifyChecksum",
    lists.map(([list]) => ["archive", "a.zip", list]),
  );
  expect(outcomes.map(({ error }) => error?.code)).toEqual(lists.map(([, code]) => code));
});

describe("from a server", () => {
  const files = new Map([
    ["/good/a.zip", "archive"],
    ["/good/sums", `${sha256("archive")}  a.zip\n`],
    ["/changed/a.zip", "archive with a guest"],
    ["/changed/sums", `${sha256("archive")}  a.zip\n`],
    ["/unsigned/a.zip", "archive"],
  ]);
  let server: Server;
  let base: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const body = files.get(request.url ?? "");
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const fetchFrom = (folder: string) =>
    callOne(tested, "fetchVerified", { base: `${base}/${folder}/`, archive: "a.zip", checksums: "sums" });

  test("a verified archive arrives whole", async () => {
    const { value } = await fetchFrom("good");
    expect(Buffer.from((value as { data: number[] }).data).toString()).toBe("archive");
  });

  test("an archive that was changed is refused", async () => {
    expect((await fetchFrom("changed")).error?.code).toBe("checksum_mismatch");
  });

  test("an archive without published checksums is refused, naming the address that failed", async () => {
    expect((await fetchFrom("unsigned")).error?.message).toBe(`${base}/unsigned/sums answered 404`);
  });
});
