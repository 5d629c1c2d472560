import { publicId } from "./public-id";
import { callbackUrl, mcpUrl } from "./public-route";

test("the callback URL is known from the public id alone, whatever slashes the API address ends in", () => {
  expect(callbackUrl("https://api.mcpstack.com//", "gw_a")).toBe(
    "https://api.mcpstack.com/api/v1/gateway/gw_a/oauth/callback",
  );
  expect(mcpUrl("https://api.mcpstack.com", "gw_a")).toBe("https://api.mcpstack.com/api/v1/gateway/gw_a/mcp");
});

test.each(["", "a/b", "a b", ".hidden", "a?b", "ü", "a".repeat(129)])("the public id %j is refused", (id) => {
  expect(publicId.safeParse(id).success).toBe(false);
});
