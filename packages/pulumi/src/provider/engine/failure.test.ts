import { ApiError } from "@mcpstack/api-client";
import { ReconcileError } from "@mcpstack/reconciler";
import { asProviderError, checkFailure, inPulumisWords, PartlyDone, ProviderError } from "./failure";

test("the engine prints an error's text and its stack: together they say it once", () => {
  const error = asProviderError(new ReconcileError("organization_mismatch", "Gateway g belongs to another."));
  expect(`${error}: ${error.stack}`).toBe("organization_mismatch: Gateway g belongs to another.");
});

test("fields are named as Pulumi names them, and an import is called adopt", () => {
  const masked = new ApiError({ code: "masked_field", summary: "Say it in settings_wo (with settings_wo_version)." });
  expect(asProviderError(masked).message).toBe("Say it in settingsWo (with settingsWoVersion).");
  const attached = new ReconcileError("already_attached", "Import that attachment.");
  expect(asProviderError(attached).message).toBe(
    "Import that attachment. In Pulumi, the argument `adopt` takes the place of an import. If this resource was only renamed, an alias tells Pulumi so.",
  );
  expect(inPulumisWords("the authorization_server_url argument")).toBe("the authorizationServerUrl argument");
});

test("what is no error is still told", () => {
  expect(asProviderError("out of order").message).toBe("out of order");
  const known = new ProviderError("code", "text");
  expect(asProviderError(known)).toBe(known);
});

test("a check failure names the field in its text, never as the property, whose value the engine would print", () => {
  const problem = { code: "invalid_value", path: ["scopes", 2], message: "must be one scope token" };
  expect(checkFailure('Gateway "Support"', problem)).toEqual({
    property: "",
    reason: 'Gateway "Support": scopes[2] must be one scope token.',
  });
});

test("a partial failure keeps the id and the provider, without which nothing could be done about it", () => {
  const failure = new PartlyDone(new Error("not as told"), "petalpal-api", { publicId: "gw" }, { __provider: "text" });
  expect(failure).toMatchObject({
    id: "petalpal-api",
    reasons: ["not as told"],
    properties: { publicId: "gw", __provider: "text" },
  });
});
