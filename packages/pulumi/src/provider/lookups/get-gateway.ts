import { lookUpGateway } from "@mcpstack/reconciler";
import type { GetGatewayArgs, GetGatewayResult } from "../../functions/get-gateway";
import type { Operation } from "../connection/operation";
import { definedOnly } from "../values";
import { connect } from "./connect";

export async function getGateway(operation: Operation, args: GetGatewayArgs): Promise<GetGatewayResult> {
  const found = await lookUpGateway(connect(operation, args.connection), args.gateway);
  return definedOnly(found) as unknown as GetGatewayResult;
}
