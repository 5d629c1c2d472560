import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { MetadataReader } from "../reader";
import { goodLeg, mcpUrl, publicLegCases } from "../testing/public-leg-cases";
import { judgePublicLeg } from "./public-leg";

describe.each(publicLegCases)("$code", ({ code, name, severity, change }) => {
  test(`is found when ${name}, and nothing else as loud`, () => {
    const found = judgePublicLeg({ ...goodLeg, ...change });
    expect(found.filter((finding) => finding.code === code)).toMatchObject([{ severity, leg: "public" }]);
    expect(
      found.filter((finding) => finding.severity === "error" && finding.code !== code && code !== "public-insecure"),
    ).toEqual([]);
  });
});

test("About a public leg in order there is nothing to say", () => {
  expect(judgePublicLeg(goodLeg)).toEqual([]);
});

test("http on the loopback host only warns", () => {
  const found = judgePublicLeg({ ...goodLeg, mcpUrl: "http://127.0.0.1:8080/mcp" });
  expect(found).toMatchObject([{ code: "public-resource-mismatch" }, { code: "public-insecure", severity: "warn" }]);
});

test("Registration is not demanded where client id metadata documents are offered", () => {
  const document = {
    ...goodLeg.authorizationServer?.document,
    registration_endpoint: undefined,
    client_id_metadata_document_supported: true,
  };
  const authorizationServer = { ...goodLeg.authorizationServer, document } as typeof goodLeg.authorizationServer;
  expect(judgePublicLeg({ ...goodLeg, authorizationServer })).toEqual([]);
});

describe("a real route", () => {
  let api: LocalApi;
  let reader: MetadataReader;
  let url: string;
  beforeEach(async () => {
    api = await startLocalApi();
    // No name is looked up: one flaw names a host that is not there.
    reader = new MetadataReader({ connect: { resolve: async () => [] } });
    const gateway = api.store.createGateway({ name: "G", authorizationServerUrl: "https://auth.example.com" });
    api.store.attach("orders-api", { gatewayId: gateway.id, publicId: "gw_orders" });
    url = `${api.url}/api/v1/gateway/gw_orders/mcp`;
  });
  const named = () => ({ programUrls: [api.url] });
  afterEach(async () => {
    await reader.close();
    await api.close();
  });

  test("in order is only found to be http on the loopback host", async () => {
    expect(judgePublicLeg(await reader.publicLeg(url, named()))).toMatchObject([
      { code: "public-insecure", severity: "warn" },
    ]);
  });

  test.each(publicLegCases.flatMap(({ code, flaw }) => (flaw === undefined ? [] : [{ code, flaw }])))(
    "with the flaw $flaw gives $code",
    async ({ code, flaw }) => {
      api.publicLeg.plant(flaw, "gw_orders");
      const found = judgePublicLeg(await reader.publicLeg(url, named()));
      expect(found.map((finding) => finding.code).filter((found) => found !== "public-insecure")).toEqual([code]);
    },
  );

  test("of a server that is attached to nothing has no documents, said once", async () => {
    expect(
      judgePublicLeg(await reader.publicLeg(url.replace("gw_orders", "gw_none"), named())).map(({ code }) => code),
    ).toEqual(["public-metadata-not-found", "public-insecure"]);
  });

  test("behind a host that is down is a warning", async () => {
    await api.close();
    expect(
      judgePublicLeg(await reader.publicLeg(mcpUrl.replace(/^.*\/api\//, `${api.url}/api/`), named())),
    ).toMatchObject([
      { code: "public-insecure", severity: "warn" },
      { code: "public-unreachable", severity: "warn" },
    ]);
  });
});
