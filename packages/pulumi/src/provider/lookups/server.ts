import type { GetServerArgs, GetServerResult } from "../../functions/get-server";
import { runFor } from "../connection/runs";
import { definedOnly } from "../values";

export async function getServer({ server, connection }: GetServerArgs): Promise<GetServerResult> {
  const { api } = runFor(connection);
  const [{ id, name, slug, status }, attached] = await Promise.all([api.getServer(server), api.getAttachment(server)]);
  return definedOnly({
    id,
    name,
    slug,
    status,
    gatewayId: attached?.gatewayId,
    publicId: attached?.publicId,
  }) as unknown as GetServerResult;
}
