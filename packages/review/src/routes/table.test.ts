import { reviewScenario } from "../testing/review-scenario";
import { supportGateway } from "../testing/scenario";

test("a key set is shown as every other address is, without user information and cut", async () => {
  const metadata = { jwksUri: `https://user:hunter2@petalpal.eu.auth0.com/${"k".repeat(600)}` };
  const program = {
    gateways: { support: { ...supportGateway, metadata } },
    attachments: { api: { serverId: "petalpal-api", gateway: "support" } },
  };
  const { routes } = await reviewScenario({ before: program, after: program }, "terraform");
  expect(routes[0]?.after?.jwksUri).toMatch(/^https:\/\/\*\*\*@petalpal\.eu\.auth0\.com\/k+… \(\d+ characters\)$/);
  expect(JSON.stringify(routes)).not.toContain("hunter2");
});
