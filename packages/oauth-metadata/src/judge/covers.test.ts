import { coverage } from "./covers";

const guid = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
const entra = { resource: `api://${guid}`, clientId: guid };
const cognito = { resource: "https://api.example.com", clientId: "3n4b5urk1ft4fl3mg5e62d9ado" };

describe("A scope that is asked for is the one that is needed:", () => {
  test.each([
    ["the same text", {}, "plants.read", "plants.read"],
    ["with the API before it", entra, `api://${guid}/plants.read`, "plants.read"],
    ["with the API's GUID before it", entra, `${guid}/plants.read`, "plants.read"],
    ["in two spellings of one API", entra, `${guid}/plants.read`, `api://${guid}/plants.read`],
    ["all of the API", entra, `api://${guid}/.default`, "plants.read"],
    ["all of the API that it names", entra, `api://${guid}/.default`, `api://${guid}/plants.read`],
    ["with a resource server of Cognito before it", cognito, "https://api.example.com/plants.read", "plants.read"],
    ["with one whose identifier is no URL", { resource: "petals" }, "petals/plants.read", "plants.read"],
    ["with one that is no resource of the profile", cognito, "plants-api/plants.read", "plants.read"],
    ["with one that is a URN", {}, "urn:plants/plants.read", "plants.read"],
    ["with a slash in its name", cognito, "https://api.example.com/plants/read", "plants/read"],
    [
      "behind a slash that is the resource's own",
      { resource: "https://a.example/" },
      "https://a.example//read",
      "read",
    ],
    ["alone, and the tool names the gateway's API", cognito, "plants.read", "https://api.example.com/plants.read"],
    ["of the API that the scopes name, where no resource does", {}, `api://${guid}/.default`, "plants.read"],
  ])("%s", (_, profile, asked, needed) => {
    expect(coverage(profile)(asked, needed)).toBe(true);
  });
});

describe("It is another one:", () => {
  test.each([
    ["by its name", entra, `api://${guid}/plants.write`, "plants.read"],
    ["of another API", entra, "api://other/plants.read", `api://${guid}/plants.read`],
    ["of another API whose identifier is no URL", cognito, "plants-api/read", "orders-api/read"],
    ["alone, and the tool names an API by free text", cognito, "plants.read", "plants-api/plants.read"],
    ["alone, and the tool names a foreign API", cognito, "plants.read", "https://b.example/plants.read"],
    ["all of another API", entra, "https://graph.microsoft.com/.default", "plants.read"],
    ["a scope of sign-in itself", entra, `api://${guid}/.default`, "offline_access"],
    ["a name that only ends alike", cognito, "https://api.example.com/all.plants.read", "plants.read"],
  ])("%s", (_, profile, asked, needed) => {
    expect(coverage(profile)(asked, needed)).toBe(false);
  });
});
