import { diffGateway } from "./diff";
import { memoryKey } from "./properties";

const written = { name: "Support", providerType: "manual", authorizationServerUrl: "https://auth.example.com" };
const metadataUrl = "https://auth.example.com/document";
const outputs = { ...written, organizationId: "org", [memoryKey]: { written, filled: {} } };

test("nothing changes where the program says what it wrote, and what a refresh took in is undone", async () => {
  expect(await diffGateway("gw", outputs, written)).toEqual({ changes: false, replaces: [] });
  expect(await diffGateway("gw", { ...outputs, metadataUrl }, written)).toMatchObject({ changes: true });
});

test("a program that takes over what a refresh took in is updated, so that it is remembered as the program's own choice", async () => {
  const takenOver = { ...written, metadataUrl };
  expect(await diffGateway("gw", { ...outputs, metadataUrl }, takenOver)).toMatchObject({ changes: true });
  const remembered = { ...outputs, metadataUrl, [memoryKey]: { written: takenOver, filled: {} } };
  expect(await diffGateway("gw", remembered, takenOver)).toMatchObject({ changes: false });
});
