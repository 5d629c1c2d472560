import type { Run } from "@mcpstack/reconciler";
import type { LookupConnection } from "../../functions/connection";
import type { Operation } from "../connection/operation";
import { connectionProblems } from "../connection/validate";
import { refuse } from "./refuse";

/** The run for a look-up's connection. A resource's is checked where it is an input; a look-up's comes from the program as it is. */
export function connect(operation: Operation, connection: LookupConnection | undefined): Run {
  refuse(connectionProblems(connection));
  return operation.runFor(connection);
}
