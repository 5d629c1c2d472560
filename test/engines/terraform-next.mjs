// The newest Terraform that is published as a Go module: for the newest protocol and `terraform query`.
import { ensureEngine } from "./engine.mjs";

/** @type {import("./engine.mjs").Recipe} */
export const newestTerraform = {
  product: "terraform",
  program: "terraform",
  version: "1.15.0",
  minimum: "1.15.0",
  programs: [
    {
      module: "terraform-next",
      program: "terraform",
      package: "github.com/hashicorp/terraform",
      flags: ["-overlay=overlay.json"],
      // Without it the program calls itself 1.15.0-dev, which no `required_version` admits.
      variables: { "github.com/hashicorp/terraform/version.dev": "no" },
    },
  ],
};

/** Finds Terraform 1.15 or newer on the PATH, or makes 1.15.0. */
export const ensure = (options) => ensureEngine(newestTerraform, options);
