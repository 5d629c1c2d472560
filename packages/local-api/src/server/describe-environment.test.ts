import { execFileSync } from "node:child_process";
import { describeEnvironment } from "./describe-environment";

describe("the lines to paste", () => {
  test("give a shell the same values, whatever characters are in them", () => {
    const environment = {
      MCPSTACK_API_URL: "http://127.0.0.1:4000",
      MCPSTACK_ORG_ID: "org_petalpal",
      MCPSTACK_ACCESS_TOKEN: `it's "odd" $HOME`,
      MCPSTACK_READ_LAG: "0",
    };
    const lines = describeEnvironment({ environment: () => environment });
    expect(lines[0]).toBe("export MCPSTACK_API_URL=http://127.0.0.1:4000");
    const script = `${lines.join("\n")}\nprintf '%s' "$MCPSTACK_API_URL|$MCPSTACK_ORG_ID|$MCPSTACK_ACCESS_TOKEN|$MCPSTACK_READ_LAG"`;
    const { MCPSTACK_READ_LAG: _, ...pasted } = environment;
    // That the embedded API never lags is none of what a shell keeps.
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(`${Object.values(pasted).join("|")}|`);
  });
});
