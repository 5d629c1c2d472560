import { HandshakeError } from "./errors";

const COOKIE_NAME = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

export const PROTOCOL_VERSION = 6;

/** What the client asks for in the environment that it starts a plugin with. */
export interface ClientWishes {
  /** PEM of the client's certificate: serve TLS and accept exactly this one. Undefined: plain HTTP/2. */
  readonly clientCertificate: string | undefined;
  /** The folder for the socket; the system's temporary folder where it is empty. */
  readonly socketFolder: string | undefined;
  /** TCP ports to try, where Unix sockets are not had. */
  readonly ports: readonly [first: number, last: number];
}

/** Whether a client of plugins started this process, and not a person. */
export function startedByClient(env: NodeJS.ProcessEnv): boolean {
  return env[COOKIE_NAME] === COOKIE;
}

/** Reads the wishes. Throws where the client takes no version 6. */
export function readWishes(env: NodeJS.ProcessEnv): ClientWishes {
  const versions = (env.PLUGIN_PROTOCOL_VERSIONS ?? "").split(",").filter((text) => text !== "");
  if (versions.length > 0 && !versions.includes(String(PROTOCOL_VERSION)))
    throw new HandshakeError(
      `This provider speaks plugin protocol ${PROTOCOL_VERSION}, and the client takes only ${versions.join(", ")}. Use Terraform 1.0 or later.`,
    );
  return {
    clientCertificate: env.PLUGIN_CLIENT_CERT || undefined,
    socketFolder: env.PLUGIN_UNIX_SOCKET_DIR || undefined,
    ports: [readPort(env, "PLUGIN_MIN_PORT"), readPort(env, "PLUGIN_MAX_PORT")],
  };
}

/** Zero, any free port, where the variable is absent. */
function readPort(env: NodeJS.ProcessEnv, name: string): number {
  const text = env[name];
  if (text === undefined || text === "") return 0;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new HandshakeError(`${name} is ${JSON.stringify(text)}; it must be a port number.`);
  return port;
}
