// OpenTofu. The PATH's own is taken from 1.11 on: older ones have no write-only attributes.
import { ensureEngine } from "./engine.mjs";

/** @type {import("./engine.mjs").Recipe} */
const openTofu = {
  product: "opentofu",
  program: "tofu",
  version: "1.12.6",
  minimum: "1.11.0",
  programs: [
    {
      module: "opentofu",
      program: "tofu",
      package: "github.com/opentofu/opentofu/cmd/tofu",
      variables: { "github.com/opentofu/opentofu/version.dev": "no" },
    },
  ],
};

/** Finds OpenTofu, or makes 1.12.6. */
export const ensure = (options) => ensureEngine(openTofu, options);
