// Where tests written in TypeScript find the engines that `npm test` has made sure of.

/** An engine was asked for whose environment variable is not set. `code` is `engine_not_located`. */
export class EngineNotLocated extends Error {
  readonly code = "engine_not_located";

  constructor(variable: string, engine: string) {
    super(
      `${variable} is not set, so there is no ${engine} to test with. Run the tests with \`npm test -- FILE\`, ` +
        `or first \`eval "$(node test/engines/index.mjs --env ${engine})"\`.`,
    );
  }
}

function located(variable: string, engine: string): string {
  const value = process.env[variable];
  if (value === undefined || value === "") throw new EngineNotLocated(variable, engine);
  return value;
}

/** The path of Terraform, 1.11 or newer. */
export const terraformProgram = (): string => located("TERRAFORM_BIN", "terraform");

/** The path of Terraform 1.15 or newer, for the newest protocol and `terraform query`. */
export const newestTerraformProgram = (): string => located("TERRAFORM_NEXT_BIN", "terraform-next");

/** The path of OpenTofu, 1.11 or newer. */
export const openTofuProgram = (): string => located("TOFU_BIN", "opentofu");

/** The path of Pulumi. */
export const pulumiProgram = (): string => located("PULUMI_BIN", "pulumi");

/** The folder to put first on the PATH so that Pulumi finds its language host and dynamic provider. */
export const pulumiFolder = (): string => located("PULUMI_PATH_FOLDER", "pulumi");
