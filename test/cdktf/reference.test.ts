import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

test("docs/cdktf/constructs.md says what the sources say: else run `npm run reference -w packages/cdktf`", async () => {
  const script = path.resolve(__dirname, "../../packages/cdktf/reference.mjs");
  await promisify(execFile)(process.execPath, [script, "--check"]);
});
