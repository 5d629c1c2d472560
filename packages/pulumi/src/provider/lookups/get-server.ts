import { findServer } from "@mcpstack/reconciler";
import type { GetServerArgs, GetServerResult } from "../../functions/get-server";
import type { Operation } from "../connection/operation";
import { definedOnly } from "../values";
import { connect } from "./connect";

export async function getServer(operation: Operation, args: GetServerArgs): Promise<GetServerResult> {
  const found = await findServer(connect(operation, args.connection), args.server);
  return definedOnly(found) as unknown as GetServerResult;
}
