// Terraform as most people have it. The PATH's own is taken from 1.11 on: older ones have no write-only attributes.
import { ensureEngine } from "./engine.mjs";
import { newestTerraform } from "./terraform-next.mjs";

/** Finds Terraform, or makes the version of terraform-next.mjs. */
export const ensure = (options) => ensureEngine({ ...newestTerraform, minimum: "1.11.0" }, options);
