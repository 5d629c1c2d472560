/** A behaviour that names a switch or a value that does not exist. */
export class BehaviourError extends Error {
  readonly code = "LOCAL_API_BEHAVIOUR";
  override readonly name = "BehaviourError";
}
