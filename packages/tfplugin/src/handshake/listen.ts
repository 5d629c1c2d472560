import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HandshakeError } from "./errors";
import type { ServerAddress } from "./line";
import type { ClientWishes } from "./negotiate";

export interface Listening extends ServerAddress {
  /** Removes the socket file; safe to call more than once. */
  removeSocket(): void;
}

/** Starts to listen: on a Unix socket that only this user can reach, on Windows on a loopback port. */
export function listen(server: Server, wishes: ClientWishes, platform: string = process.platform): Promise<Listening> {
  return platform === "win32" ? listenTcp(server, wishes.ports) : listenUnix(server, wishes.socketFolder);
}

async function listenUnix(server: Server, folder: string | undefined): Promise<Listening> {
  // The client's folder is private already. Without one, a folder of our own keeps other users of the machine out.
  const own = folder === undefined ? mkdtempSync(join(tmpdir(), "plugin-")) : undefined;
  const path = join(folder ?? (own as string), `plugin${randomBytes(6).toString("hex")}`);
  await listening(server, { path });
  const removeSocket = () => {
    rmSync(path, { force: true });
    if (own !== undefined) rmSync(own, { force: true, recursive: true });
  };
  return { network: "unix", address: path, removeSocket };
}

async function listenTcp(server: Server, [first, last]: ClientWishes["ports"]): Promise<Listening> {
  for (let port = first; port <= Math.max(first, last); port++) {
    try {
      await listening(server, { port, host: "127.0.0.1" });
      const bound = server.address();
      const at = typeof bound === "object" && bound !== null ? bound.port : port;
      return { network: "tcp", address: `127.0.0.1:${at}`, removeSocket() {} };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  throw new HandshakeError(`Every port from ${first} to ${last} (PLUGIN_MIN_PORT to PLUGIN_MAX_PORT) is in use.`);
}

function listening(server: Server, where: { path: string } | { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
