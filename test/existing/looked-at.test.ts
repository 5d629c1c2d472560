// Whatever the service holds can be looked at: no URL of a gateway, and no lack of one, breaks discovery, judging and planning.
import { ApiClient, resolveConnection } from "@mcpstack/api-client";
import { startLocalApi } from "@mcpstack/local-api";
import { MetadataReader } from "@mcpstack/oauth-metadata";
import { importGateway, planGateway, Run, readGateway, refusedEdits } from "@mcpstack/reconciler";
import { closing } from "../cli/command-line";
import { oddGateways } from "./gateways";

/** Nobody listens there, so that whoever asks is answered at once. */
const nobody = "127.0.0.1:9";

test.each(Object.entries(oddGateways))("%s", async (odd, given) => {
  const api = closing(await startLocalApi());
  const near = JSON.parse(JSON.stringify(given).replaceAll("auth.example.com", nobody)) as typeof given;
  const issuer = "authorizationServerUrl" in given ? given.authorizationServerUrl : `https://${nobody}`;
  const { id } = api.store.createGateway({
    name: odd,
    ...near,
    authorizationServerUrl: issuer?.replaceAll("auth.example.com", nobody),
  });
  const client = closing(new ApiClient(resolveConnection({}, api.environment())));
  const metadata = closing(new MetadataReader());
  const run = new Run({ api: client, metadata });

  const { state, memory } = await importGateway(run, id);
  const read = await readGateway(run, state, { memory });
  expect(read.state).toEqual(state);
  const { id: _, organizationId: __, status: ___, metadata: ____, ...desired } = state;
  for (const remembered of [read.memory, { ...read.memory, imported: undefined }]) {
    const input = { prior: read.state, memory: remembered, desired };
    expect((await planGateway(run, input)).edited).toEqual([]);
    expect(await refusedEdits(run, input)).toEqual([]);
  }
});
