import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { type LocalApi, startLocalApi } from "@mcpstack/local-api";
import { type ReviewResult, render, reviewPlan } from "@mcpstack/review";
import { synthesised } from "./real/cdktf";
import { base, expected, head } from "./real/change";
import { realPreviews } from "./real/pulumi";
import { realPlan } from "./real/terraform";

const now = new Date("2026-11-24T00:00:00Z");
let api: LocalApi;
beforeEach(async () => {
  api = await startLocalApi({ seed: { servers: 10 } });
});
afterEach(() => api.close());

const input = (name: string, text: string) => ({ name, content: Readable.from([Buffer.from(text)]) });

/** What is said, by the name that the resource has in the program whatever the front end. */
function told({ findings }: ReviewResult): Record<string, string[]> {
  const codes: Record<string, string[]> = Object.fromEntries(Object.keys(expected).map((name) => [name, []]));
  for (const { address, code } of findings) {
    const name = address.split(/::|\./).at(-1) ?? address;
    codes[name] = [...(codes[name] ?? []), code].sort();
  }
  return codes;
}

/** The review of a real plan, read by a person and kept. `UPDATE_GOLDEN=1` writes it anew. */
function isGolden(name: string, result: ReviewResult): void {
  const options = { colour: false, maxBytes: 65_536, version: "0.1.0" };
  for (const [format, ending] of [
    ["markdown", "md"],
    ["terminal", "txt"],
  ] as const) {
    const file = path.join(__dirname, "golden", `${name}.${ending}`);
    const text = render(result, format, options).replace(/gtw_\d+/g, "gtw_N");
    if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  }
}

test.each(["terraform", "terraform-next", "opentofu"] as const)(
  "%s: every finding is told of the resource that it is about",
  async (engine) => {
    const plan = await realPlan(engine, api, base, head);
    const result = await reviewPlan(input("plan.json", plan), { now });
    expect(told(result)).toEqual(expected);
    expect(result.input.engine).toMatch(engine === "opentofu" ? /^OpenTofu 1\.\d+/ : /^Terraform 1\.\d+/);
    if (engine === "terraform") isGolden("terraform", result);
  },
);

test("terraform: a small risky change, as a pull request would show it with its diagram", async () => {
  const profile = {
    name: "Support API",
    providerType: "manual",
    authorizationServerUrl: "https://auth.petalpal.invalid/",
    clientId: "support-mcp",
    resource: "https://api.petalpal.invalid",
    scopes: ["openid", "profile", "orders:read"],
    metadataCheck: "off",
  };
  const orders = { ...profile, name: "Orders API", resource: "https://orders.petalpal.invalid" };
  const attachments = {
    support: { serverId: "server-0001", gateway: "support", publicId: "gw_support" },
    orders: { serverId: "server-0002", gateway: "orders", publicId: "gw_orders" },
    returns: { serverId: "server-0003", gateway: "orders", publicId: "gw_returns" },
  };
  const changed = {
    ...profile,
    authorizationServerUrl: "https://auth.petalpa1.invalid/",
    scopes: ["openid", "profile", "orders:read", "orders:write"],
  };
  const plan = await realPlan(
    "terraform",
    api,
    { gateways: { support: profile, orders }, attachments },
    {
      gateways: { support: changed, orders },
      attachments: { ...attachments, returns: { ...attachments.returns, gateway: "support" } },
    },
  );
  isGolden("risky", await reviewPlan(input("plan.json", plan), { now }));
});

test("pulumi: every finding is told, from the digest and from the events", async () => {
  const { digest, events } = await realPreviews(api, base, head);
  const result = await reviewPlan(input("preview.json", digest), { now });
  expect(told(result)).toEqual(expected);
  // Events name no dependencies, so the gateway that the same preview makes cannot be followed.
  expect(told(await reviewPlan(input("events.json", events), { now }))).toEqual({
    ...expected,
    first: ["unknown-until-apply"],
  });
  isGolden("pulumi", result);
});

test("cdktf: every finding is told from two synthesised stacks, without any credential", async () => {
  const result = await reviewPlan(input("cdk.tf.json", synthesised(head)), {
    now,
    base: input("base.json", synthesised(base)),
  });
  expect(told(result)).toEqual(expected);
  isGolden("cdktf", result);
});
