// Objects of a repository by their ids, and nothing else of it: neither its configuration, which can name programs to run, nor its hooks,
// attributes, replaced objects or working tree. What is read is checked against the id that was asked for, so whoever else has written into
// the repository can make a read fail, and not make it answer wrongly.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { Problem } from "./problem.mjs";

const maxBytes = 64 * 1024 * 1024;
const fetchTimeoutMs = 10 * 60 * 1000;

export class GitObjects {
  #env;
  #revision;
  #sources;
  #stores;
  #hasFetched = false;
  #work;

  /**
   * @param {{repository: string, revision: string, work: string, env: Record<string, string | undefined>, token?: string}} options
   *   `repository` has the .git folder; `revision` is the commit that is fetched where something is missing; `work` is an empty
   *   folder of ours; `env` is where the path, proxies and GITHUB_SERVER_URL are taken from; `token` may read the repository there.
   */
  constructor({ repository, revision, work, env, token }) {
    this.#work = work;
    this.#revision = revision;
    const configuration = path.join(work, "gitconfig");
    writeFileSync(configuration, "");
    const proxies = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
    const kept = ["PATH", "SystemRoot", ...proxies].flatMap((name) => (env[name] ? [[name, env[name]]] : []));
    this.#env = {
      ...Object.fromEntries(kept),
      HOME: work,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: configuration,
      GIT_NO_REPLACE_OBJECTS: "1",
      GIT_TERMINAL_PROMPT: "0",
      // Others, such as ext::, are command lines.
      GIT_ALLOW_PROTOCOL: "file:http:https:ssh",
    };
    const gitFolder = gitFolderOf(repository);
    this.#stores = [this.#newStore("local", path.join(commonFolderOf(gitFolder), "objects"))];
    this.#sources = { configuration: path.join(commonFolderOf(gitFolder), "config"), env, token };
  }

  /**
   * An object's content; undefined where neither the repository nor the place that it came from has it.
   * @param {"commit" | "tree" | "blob"} type
   * @param {string} id 40 hex digits
   * @returns {Promise<Buffer | undefined>}
   */
  async read(type, id) {
    for (const store of this.#stores) {
      const content = await this.#run(await store, ["cat-file", type, id]);
      if (content !== undefined && idOf(type, content) === id) return content;
    }
    if (this.#hasFetched) return undefined;
    this.#hasFetched = true;
    await this.#fetch();
    return this.read(type, id);
  }

  /** Fetches the commit with all that it holds into a store of its own, from the first place that has it. */
  async #fetch() {
    for (const [number, settings] of (await this.#places()).entries()) {
      const store = await this.#newStore(`fetched-${number}`);
      const args = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "base", this.#revision];
      if ((await this.#run(store, args, settings)) === undefined) continue;
      this.#stores.push(store);
      return;
    }
  }

  /** Addresses and credentials go in the environment, since everybody on a machine sees the arguments of its processes. */
  async #places() {
    const { configuration, env, token } = this.#sources;
    const server = env.GITHUB_SERVER_URL;
    const written = await this.#run(undefined, ["config", "--file", configuration, "--get", "remote.origin.url"]);
    const known = server && env.GITHUB_REPOSITORY ? `${server}/${env.GITHUB_REPOSITORY}` : undefined;
    const urls = new Set([written?.toString("utf8").trim(), known].filter(Boolean));
    const credential = Buffer.from(`x-access-token:${token}`).toString("base64");
    const header = server && token ? [[`http.${server}/.extraheader`, `AUTHORIZATION: basic ${credential}`]] : [];
    return [...urls].map((url) => {
      const settings = [["remote.base.url", url], ...header];
      return Object.fromEntries([
        ["GIT_CONFIG_COUNT", String(settings.length)],
        ...settings.flatMap(([key, value], index) => [
          [`GIT_CONFIG_KEY_${index}`, key],
          [`GIT_CONFIG_VALUE_${index}`, value],
        ]),
      ]);
    });
  }

  /** A bare repository of ours, which may read objects of another one. */
  async #newStore(name, objects) {
    const store = path.join(this.#work, `${name}.git`);
    await this.#run(undefined, ["init", "--quiet", "--bare", "--template=", store]);
    if (objects !== undefined) {
      mkdirSync(path.join(store, "objects/info"), { recursive: true });
      writeFileSync(path.join(store, "objects/info/alternates"), `${objects}\n`);
    }
    return store;
  }

  /** What a git command prints, or undefined where it fails; what it says then may hold a credential, and is left out. */
  async #run(store, args, settings = {}) {
    const at = store === undefined ? {} : { GIT_DIR: store };
    const env = { ...this.#env, ...at, ...settings };
    const options = { cwd: this.#work, env, encoding: "buffer", maxBuffer: maxBytes, timeout: fetchTimeoutMs };
    try {
      return (await promisify(execFile)("git", args, options)).stdout;
    } catch (error) {
      // Git that is missing is not an object that is missing.
      if (error.code === "ENOENT") throw new Problem("git-missing", "There is no git to read the base with.");
      return undefined;
    }
  }
}

function idOf(type, content) {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

/** `.git`, or what a file of that name points at. */
function gitFolderOf(repository) {
  const git = path.join(repository, ".git");
  if (statSync(git).isDirectory()) return git;
  const written = textOf(git);
  if (written === undefined)
    throw new Problem("base-unreadable", "The repository's .git is neither a folder nor a file.");
  return path.resolve(repository, written.replace(/^gitdir: /, "").trim());
}

/** A working tree of its own shares objects and configuration with the repository that it belongs to. */
function commonFolderOf(gitFolder) {
  return path.resolve(gitFolder, textOf(path.join(gitFolder, "commondir"))?.trim() ?? ".");
}

/** A file's text; undefined where there is none, or a pipe, which would be waited for. */
function textOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, "utf8") : undefined;
}
