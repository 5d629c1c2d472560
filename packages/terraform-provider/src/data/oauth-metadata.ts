import { metadataFields, profileFields, snakeCase, validateNewGateway } from "@mcpstack/model";
import { type MetadataQuery, publishedMetadata, type Run } from "@mcpstack/reconciler";
import { type DataSourceDefinition, DiagnosticsError, schema, t } from "@mcpstack/tfplugin";
import { inTerraformNames, problemDiagnostic } from "../diagnostics";
import { attributesOf } from "../schema/attributes";
import { containsUnknown, fromAttributes, toAttributes } from "../values/convert";
import { atAttribute } from "./at-attribute";

/** The fields of a profile that say where to look. */
const inputs = {
  authorizationServerUrl: profileFields.authorizationServerUrl,
  metadataUrl: profileFields.metadataUrl,
  resource: profileFields.resource,
  scopes: profileFields.scopes,
};

/** `data "mcpstack_oauth_metadata"` */
export const oauthMetadataData: DataSourceDefinition<Run> = {
  schema: schema({
    description:
      "What an authorization server, and a protected resource, publish about themselves now, and what is worth saying about it. For `check` " +
      "blocks and for policies of your own; a gateway's plan has the same findings by itself.",
    attributes: {
      ...attributesOf(inputs),
      metadata: {
        computed: true,
        description:
          "The metadata that was found. Where there is none, the data source fails and names what was tried.",
        nested: { nesting: "single", attributes: attributesOf(metadataFields) },
      },
      url: { type: t.string, computed: true, description: "Address of the authorization server's metadata document." },
      findings: {
        computed: true,
        description: "What is worth saying, the severest first.",
        nested: {
          nesting: "list",
          attributes: {
            code: { type: t.string, computed: true, description: "Stable code; docs/findings has a page for each." },
            severity: { type: t.string, computed: true, description: '"error", "warn" or "info".' },
            summary: { type: t.string, computed: true, description: "What was found, in one line." },
            fix: { type: t.string, computed: true, description: "What to do." },
          },
        },
      },
    },
  }),
  validate: (config) =>
    validateNewGateway(
      { name: "x", providerType: "x", ...fromAttributes(inputs, config) },
      { isUnknown: containsUnknown },
    ).map((problem) => problemDiagnostic(problem, inputs)),
  async read({ config, client, ctx }) {
    const query = fromAttributes(inputs, config) as unknown as MetadataQuery;
    const asked = Object.fromEntries(
      Object.keys(inputs).map((name) => [snakeCase(name), config[snakeCase(name)] ?? null]),
    );
    const read = await atAttribute("authorization_server_url", () =>
      publishedMetadata(client, query, { signal: ctx.signal }),
    ).catch((error: unknown) => {
      // An issuer that is gone keeps nobody from taking away what led to it.
      if (error instanceof DiagnosticsError && ctx.mayPrecedeDestroy()) return error;
      throw error;
    });
    if (read instanceof DiagnosticsError) {
      const diagnostics = read.diagnostics.map((one) => ({ ...one, severity: "warning" as const }));
      return { state: { ...asked, metadata: null, url: null, findings: [] }, diagnostics };
    }
    const { url, metadata, findings } = read;
    return {
      state: {
        ...asked,
        metadata: toAttributes(metadataFields, { ...metadata }),
        url,
        findings: findings.map(({ code, severity, summary, fix }) => ({
          code,
          severity,
          summary: inTerraformNames(summary),
          fix: inTerraformNames(fix),
        })),
      },
    };
  },
};
