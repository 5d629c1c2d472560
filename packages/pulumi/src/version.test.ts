import { version as manifestVersion } from "../package.json";
import { version } from "./provider/version";

test("the user agent names the version of package.json", () => {
  expect(version).toBe(manifestVersion);
});
