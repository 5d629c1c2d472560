import { connectionFields, validateConnection } from "@mcpstack/model";
import type { Construct } from "constructs";
import { applyPoliciesAbove } from "../aspects/above-the-stack";
import { callbackUrl } from "../functions/callback-url";
import { McpstackProvider as Level1Provider } from "../gen/provider";
import { inputOf } from "../validation/input";
import { messages } from "../validation/messages";
import { defined, list } from "../values/defined";
import { isUnresolved } from "../values/unresolved";
import type { McpstackProviderProps } from "./mcpstack-provider-props";

/**
 * The provider's configuration in a stack. Leave the credential out: it comes from the environment, and so stands in no file.
 */
export class McpstackProvider extends Level1Provider {
  constructor(scope: Construct, id: string, props: McpstackProviderProps = {}) {
    super(scope, id, defined({ ...props, trustedOrigins: list(props.trustedOrigins) }));
    this.node.addValidation({
      validate: () => {
        applyPoliciesAbove(this, (node) => node instanceof McpstackProvider);
        const input = inputOf(this, connectionFields);
        return messages(validateConnection(input, { isUnknown: isUnresolved }), connectionFields, input);
      },
    });
  }

  /**
   * The callback URL of an attachment with this public id at this provider's API, known before the attachment exists.
   * See `Gateway.callbackUrl`.
   */
  callbackUrl(publicId: string): string {
    return callbackUrl({ publicId, apiUrl: this.apiUrlInput });
  }
}
