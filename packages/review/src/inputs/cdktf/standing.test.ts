// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { reviewPlan } from "../../review";
import { cdktfStack } from "../../testing/cdktf-stack";
import type { Loose } from "../../testing/loose";
import { inputOf, today } from "../../testing/review-scenario";
import { supportGateway } from "../../testing/scenario";

function stack(change: (made: Loose) => void): Loose {
  const made = cdktfStack({
    gateways: { support: supportGateway, other: { ...supportGateway, name: "Other" } },
    attachments: { api: { serverId: "api", gateway: "support", publicId: "gw_api" } },
  }) as Loose;
  change(made);
  return made;
}
const told = async (base: unknown, head: unknown, policy: Loose = {}) =>
  (
    await reviewPlan(inputOf(head, "cdk.tf.json"), {
      now: today,
      base: inputOf(base, "base.json"),
      policy: { policy: { version: 1, default: policy }, file: "mcpstack-review.yaml" },
    })
  ).findings.map(({ code, severity, after }) => `${severity} ${code} ${after}`);

describe("A file of certificate authorities", () => {
  const made = (file: unknown) => stack(({ provider }) => Object.assign(provider.mcpstack[0], { ca_file: file }));

  test.each([
    ["${path.module}/ca.pem", "./ca.pem"],
    ["${path.root}/ca.pem", "./ca.pem"],
    ["${var.ca}", "${var.ca}"],
    ["${path.cwd}/ca.pem", "${path.cwd}/ca.pem"],
  ])("whose name stands is noted, since its content is not compared: %s", async (file, shown) => {
    expect(await told(made(file), made(file))).toEqual([`info ca-file-not-compared ${shown}`]);
    expect(await told(made(null), made(file))).not.toContain(`info ca-file-not-compared ${shown}`);
  });

  test("beside the program is the one that a policy allows", async () => {
    const file = made("${path.module}/ca.pem");
    expect(await told(file, file, { ca_files: ["ca.pem"] })).toEqual(["info ca-file-not-compared ./ca.pem"]);
    expect(await told(file, file, { ca_files: ["b.pem"] })).toContain("error trust-not-allowed ./ca.pem");
  });
});

describe("What stands as before and is not in the stack", () => {
  test("is not known to a server that comes to it", async () => {
    const made = (gateway: string) =>
      stack(({ resource }) => {
        resource.mcpstack_gateway.other.token_endpoint = "${var.token}";
        resource.mcpstack_server_gateway_attachment.api.gateway_id = `\${mcpstack_gateway.${gateway}.id}`;
      });
    expect(await told(made("support"), made("other"))).toContain("error cannot-be-reviewed Other");
    expect(await told(made("support"), made("support"))).toEqual([]);
  });

  test("is not known to a gateway that comes to have what its provider says", async () => {
    const made = (check: unknown) =>
      stack(({ resource, provider }) => {
        provider.mcpstack[0].metadata_check = "${var.check}";
        resource.mcpstack_gateway.support.metadata_check = check;
      });
    expect(await told(made("warn"), made(null))).toEqual(["warn cannot-be-reviewed (the provider's)"]);
    expect(await told(made("warn"), made("warn"))).toEqual([]);
  });
});
