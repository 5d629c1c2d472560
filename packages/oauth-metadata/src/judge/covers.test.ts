import { coverage, sameScope } from "./covers";

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

const google = "https://www.googleapis.com/auth";

describe("A scope that is asked for includes the one that is needed:", () => {
  test.each([
    ["repo", "repo:status"],
    ["repo", "public_repo"],
    ["user", "read:user"],
    ["admin:org", "read:org"],
    ["write:org", "read:org"],
    ["write:packages", "read:packages"],
    ["api", "read_api"],
    ["full", "api"],
    ["full", "email"],
    [`${google}/calendar`, `${google}/calendar.readonly`],
    [`${google}/calendar`, "calendar.events.readonly"],
    [`${google}/calendar.readonly`, `${google}/calendar.events.readonly`],
    [`${google}/drive`, `${google}/spreadsheets`],
    [`${google}/drive.readonly`, `${google}/documents.readonly`],
    ["https://mail.google.com/", `${google}/gmail.send`],
    [`${google}/gmail.modify`, `${google}/gmail.readonly`],
    ["Mail.ReadWrite", "Mail.Read"],
    ["Mail.Read", "Mail.ReadBasic"],
    ["User.Read.All", "User.Read"],
    ["Sites.FullControl.All", "Sites.ReadWrite.All"],
    ["https://graph.microsoft.com/Mail.ReadWrite", "Mail.Read"],
    ["Files.ReadWrite", "https://graph.microsoft.com/Files.Read"],
  ])("%s, %s", (asked, needed) => {
    expect(coverage({})(asked, needed)).toBe(true);
    expect(coverage({})(needed, asked)).toBe(false);
    expect(sameScope({})(asked, needed)).toBe(false);
  });
});

describe("It does not include", () => {
  test.each([
    ["repo", "read:org"],
    ["read:org", "write:org"],
    ["full", "refresh_token"],
    ["full", "offline_access"],
    [`${google}/drive`, `${google}/drive.appdata`],
    [`${google}/drive.readonly`, `${google}/spreadsheets`],
    [`${google}/calendar.events`, `${google}/calendar.readonly`],
    [`${google}/gmail.readonly`, `${google}/gmail.send`],
    [`${google}/calendar`, "https://b.example/calendar.readonly"],
    ["Mail.ReadWrite", "Mail.Send"],
    ["Mail.ReadWrite", "Mail.Read.Shared"],
    ["Mail.Read", "Calendars.Read"],
    ["Mail.Send", "Mail.Read"],
    ["Mail.ReadWrite", "https://b.example/Mail.Read"],
    ["plants.write", "plants.read"],
  ])("%s, %s", (asked, needed) => {
    expect(coverage({})(asked, needed)).toBe(false);
  });

  test("what GitHub's scope of that name includes, where another product is known", () => {
    expect(coverage({}, "auth0")("user", "read:user")).toBe(false);
  });
});
