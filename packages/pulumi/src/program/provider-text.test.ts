import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { assertInstalled, ProviderNotInstalled, providerText } from "./provider-text";

// Every gateway that exists has one of these texts among its inputs. Changing one is a deliberate act: it shows as a change of every
// resource, and CHANGELOG has to say so.
test.each([
  ["gateway", "b0190fedc33365b9708e4ffc89006a83770512a8c249ed960de26261222a0b85"],
  ["attachment", "47b64492927235745ee55f8942daf2f28f0985e7c4a854f9ac6c3dca6a5542d1"],
] as const)("the serialized provider of a %s is the constant that it was", (name, hash) => {
  expect(createHash("sha256").update(providerText[name]).digest("hex")).toBe(hash);
});

test("the texts are modules that make their provider without anything from their surroundings", () => {
  for (const [name, text] of Object.entries(providerText)) {
    const loaded: { handler?: () => unknown } = {};
    const required: string[] = [];
    const require = (id: string) => {
      required.push(id);
      return { gateway: "the gateway's", attachment: "the attachment's" };
    };
    new Function("exports", "require", text)(loaded, require);
    expect(required).toEqual([]);
    expect(loaded.handler?.()).toBe(`the ${name}'s`);
    expect(required).toEqual(["@mcpstack/pulumi/provider"]);
  }
});

test("a project that does not have the package itself is told to install it, and where", () => {
  expect(() => assertInstalled(path.resolve(__dirname, "../.."))).not.toThrow();
  const folder = tmpdir();
  expect(() => assertInstalled(folder)).toThrow(ProviderNotInstalled);
  expect(() => assertInstalled(folder)).toThrow(`${folder}. Its provider runs in a process of its own`);
});
