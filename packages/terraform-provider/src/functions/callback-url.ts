import { callbackUrl, publicId, urlProblem } from "@mcpstack/model";
import { type FunctionDefinition, FunctionError, t } from "@mcpstack/tfplugin";

/** `provider::mcpstack::callback_url(api_url, public_id)` */
export const callbackUrlFunction: FunctionDefinition = {
  summary: "The callback URL of a public id",
  description:
    "Gives the callback URL to register at the identity provider before the attachment exists. Where the service names another one, the " +
    "attachment's `callback_url` is right, and a finding says so.",
  parameters: [
    {
      name: "api_url",
      type: t.string,
      description: "Base address of the MCP Stack API, such as https://api.mcpstack.com.",
    },
    { name: "public_id", type: t.string, description: "Public id of the attachment." },
  ],
  returns: t.string,
  call([apiUrl, id]) {
    const problem = urlProblem(String(apiUrl), { query: "refused", insecure: "refused" });
    if (problem) throw new FunctionError(`api_url ${problem}`, 0);
    const parsed = publicId.safeParse(id);
    if (!parsed.success) throw new FunctionError(`public_id ${parsed.error.issues[0]?.message}`, 1);
    return callbackUrl(String(apiUrl), parsed.data);
  },
};
