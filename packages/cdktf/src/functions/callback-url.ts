import {
  defaultApiUrl,
  callbackUrl as knownCallbackUrl,
  publicId as publicIdSchema,
  urlProblem,
} from "@mcpstack/model";
import { call, Token } from "cdktf";
import { InvalidInput } from "../invalid-input";
import { isUnresolved } from "../values/unresolved";

/** Which callback URL. */
export interface CallbackUrlOptions {
  /** Public id of the attachment, chosen by the program. */
  readonly publicId: string;

  /**
   * Base address of the MCP Stack API.
   *
   * @default - the environment variable `MCPSTACK_API_URL` at synth, else `https://api.mcpstack.com`
   */
  readonly apiUrl?: string | undefined;
}

/**
 * The callback URL to register at the identity provider, known before the attachment exists: the text itself where both parts are known
 * at synth, else a token for `provider::mcpstack::callback_url(…)`, which a stack with the provider in it can evaluate.
 *
 * @throws InvalidInput `invalid_public_id`, `invalid_api_url`
 */
export function callbackUrl(options: CallbackUrlOptions): string {
  const { publicId, apiUrl = process.env.MCPSTACK_API_URL || defaultApiUrl } = options;
  if (!isUnresolved(apiUrl)) {
    const problem = urlProblem(apiUrl, { query: "refused", insecure: "refused" });
    if (problem) throw new InvalidInput("invalid_api_url", `callbackUrl: apiUrl ${problem}`);
  }
  if (!isUnresolved(publicId)) {
    const problem = publicIdSchema.safeParse(publicId).error?.issues[0]?.message;
    if (problem)
      throw new InvalidInput("invalid_public_id", `callbackUrl: publicId ${JSON.stringify(publicId)} ${problem}`);
  }
  if (isUnresolved(apiUrl) || isUnresolved(publicId)) {
    return Token.asString(call("provider::mcpstack::callback_url", [apiUrl, publicId]));
  }
  return knownCallbackUrl(apiUrl, publicId);
}
