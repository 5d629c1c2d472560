import * as pulumi from "@pulumi/pulumi";
import { callbackUrl } from "./callback-url";
import { sameIssuer } from "./same-issuer";

const resolved = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

describe("callbackUrl", () => {
  const { MCPSTACK_API_URL } = process.env;
  afterEach(() => {
    if (MCPSTACK_API_URL === undefined) delete process.env.MCPSTACK_API_URL;
    else process.env.MCPSTACK_API_URL = MCPSTACK_API_URL;
  });

  test("is a text where its arguments are, and an output where one of them is", async () => {
    const apiUrl = "https://api.example.com";
    const url = `${apiUrl}/api/v1/gateway/gw_a/oauth/callback`;
    expect(callbackUrl({ publicId: "gw_a", apiUrl })).toBe(url);
    expect(await resolved(callbackUrl({ publicId: pulumi.output("gw_a"), apiUrl }))).toBe(url);
  });

  test("follows the environment, then the service's own address", () => {
    delete process.env.MCPSTACK_API_URL;
    expect(callbackUrl({ publicId: "gw_a" })).toBe("https://api.mcpstack.com/api/v1/gateway/gw_a/oauth/callback");
    process.env.MCPSTACK_API_URL = "https://api.env.example/";
    expect(callbackUrl({ publicId: "gw_a" })).toBe("https://api.env.example/api/v1/gateway/gw_a/oauth/callback");
  });
});

test("sameIssuer compares as strings (RFC 8414 §3.3), also what is known only later", async () => {
  expect(sameIssuer("https://a.example", "https://a.example/")).toBe(false);
  expect(await resolved(sameIssuer(pulumi.output("https://a.example"), "https://a.example"))).toBe(true);
});
