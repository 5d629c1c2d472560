// The Action over a checkout whose author wants to be reviewed by nobody, or by himself.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import {
  action,
  blob,
  comments,
  commit,
  copyOfAction,
  defaults,
  file,
  folder,
  git,
  lax,
  link,
  marker,
  outside,
  owned,
  plan,
  program,
  pullRequest,
  strict,
} from "./action-checkout";

/** A program that says that it ran, then does what it stands for. */
const evil = '#!/bin/sh\ntouch "$OWNED"\n';
const evilReview = `${evil}
for word in "$@"; do
  case "$word" in markdown=*) printf '%s\\n' '${marker}' 'forged: all is well' > "\${word#markdown=}" ;; esac
done
`;

/** What a change does to its checkout, or leaves for the Action in the environment; the review must come out as if it had not. */
const hostile: [string, () => Record<string, string> | undefined][] = [
  [
    "a committed node_modules/mcpstack-iac",
    () => {
      file("package.json", { name: "petalpal", dependencies: { "mcpstack-iac": "0.1.0" } });
      file("node_modules/mcpstack-iac/package.json", { name: "mcpstack-iac", version: "0.1.0", bin: "run.sh" });
      program("node_modules/mcpstack-iac/run.sh", evilReview);
      mkdirSync(path.join(folder, "node_modules/.bin"));
      link("../mcpstack-iac/run.sh", "node_modules/.bin/mcpstack-iac");
      return undefined;
    },
  ],
  [
    "an .npmrc that gives a shell and options for Node",
    () => {
      file("evil.cjs", 'require("node:fs").writeFileSync(process.env.OWNED, "");\n');
      program("evil.sh", evilReview);
      file(".npmrc", `node-options=--require=${folder}/evil.cjs\nscript-shell=${folder}/evil.sh\noffline=true\n`);
      return undefined;
    },
  ],
  [
    "programs in node_modules/.bin, which is on the path",
    () => {
      const names = ["node", "npx", "git", "bash", "sh", "readlink", "ssh", "mcpstack-iac"];
      for (const name of names) program(`node_modules/.bin/${name}`, evilReview);
      return { PATH: `${folder}/node_modules/.bin:node_modules/.bin:${process.env.PATH}` };
    },
  ],
  [
    "the same through a link that lies outside",
    () => {
      for (const name of ["node", "npx", "git"]) program(`tools/${name}`, evilReview);
      symlinkSync(path.join(folder, "tools"), path.join(outside, "tools"));
      return { PATH: `${outside}/tools:${process.env.PATH}` };
    },
  ],
  ...["node", "git"].map((name): [string, () => Record<string, string>] => [
    `a folder elsewhere on the path, in which ${name} is a link to the checkout's`,
    () => {
      program(`bin/${name}`, evilReview);
      mkdirSync(path.join(outside, "tools"));
      symlinkSync(`../../checkout/bin/${name}`, path.join(outside, "tools", name));
      return { PATH: `${outside}/tools:${process.env.PATH}` };
    },
  ]),
  [
    "links on the path that go through the checkout and come out of it where its author likes",
    () => {
      link("/bin/true", "node");
      link("/bin", "bin");
      for (const name of ["tools", "others"]) mkdirSync(path.join(outside, name));
      symlinkSync(path.join(folder, "node"), path.join(outside, "tools/node"));
      symlinkSync(path.join(folder, "bin/true"), path.join(outside, "others/node"));
      return { PATH: `${outside}/tools:${outside}/others:${folder}/bin:${process.env.PATH}` };
    },
  ],
  [
    "the scripts' own variables in an environment file, with which the checkout would be elsewhere",
    () => {
      for (const name of ["node", "git"]) program(`bin/${name}`, evilReview);
      return {
        PATH: `${folder}/bin:${process.env.PATH}`,
        REVIEW_CHECKOUT: "/var",
        REVIEW_OUTPUT: folder,
        REVIEW_HOST: "gitlab",
        REVIEW_FAIL_ON: "never",
        REVIEW_BASE_REVISION: git("rev-parse", "HEAD"),
        REVIEW_COMMENT: "no",
        COMMENT_FILE: path.join(folder, "forged.md"),
      };
    },
  ],
  [
    "libraries for the loader in an environment file",
    () => {
      // None of which is one: bash would not start.
      for (const name of ["libc.so.6", "libtinfo.so.6", "libdl.so.2"]) file(`lib/${name}`, "no library");
      return { LD_LIBRARY_PATH: path.join(folder, "lib") };
    },
  ],
  ["a loader that is asked for help, and starts nothing", () => ({ LD_DEBUG: "help" })],
  [
    "options for bash in an environment file",
    () => ({
      SHELLOPTS: "noexec:xtrace",
      BASHOPTS: "extdebug",
      PS4: '$(touch "$OWNED")',
      EXECIGNORE: "*",
      CDPATH: "/",
    }),
  ],
  [
    "options for Node in an environment file",
    () => {
      file("evil.cjs", 'require("node:fs").writeFileSync(process.env.OWNED, "");\n');
      return { NODE_OPTIONS: "--require=./evil.cjs" };
    },
  ],
  [
    "a start file and functions for bash in an environment file",
    () => {
      file("evil.sh", 'touch "$OWNED"\n');
      const body = '() { touch "$OWNED"; }';
      return { BASH_ENV: "./evil.sh", "BASH_FUNC_node%%": body, "BASH_FUNC_git%%": body, "BASH_FUNC_exec%%": body };
    },
  ],
  [
    "a policy that git is told to put in the base's place",
    () => {
      git("replace", git("rev-parse", "HEAD~1:mcpstack-review.yaml"), blob(lax));
      return undefined;
    },
  ],
  [
    "files that tools read in the folder where they run",
    () => {
      file("bunfig.toml", 'preload = ["./evil.cjs"]\n');
      file("evil.cjs", 'require("node:fs").writeFileSync(process.env.OWNED, "");\n');
      file(".env", "NODE_OPTIONS=--require=./evil.cjs\nREVIEW_FAIL_ON=never\n");
      file("package.json", { type: "module", imports: { "#x": "./evil.cjs" }, scripts: { preinstall: "./evil.cjs" } });
      file(".node_repl_history", "");
      return undefined;
    },
  ],
];

describe("a hostile checkout has its change reviewed by the Action's own review and the base's policy", () => {
  test.each(hostile)("%s", async (_name, prepare) => {
    file("mcpstack-review.yaml", strict);
    const base = commit("base");
    file("mcpstack-review.yaml", lax);
    file("plan.json", plan("other"));
    commit("head");
    const env = prepare() ?? {};
    const { steps, summary } = await action(defaults, pullRequest(base), { env });
    expect(existsSync(owned)).toBe(false);
    expect(steps.map(({ code }) => code)).toEqual([1, 0]);
    expect(summary).toMatch(/Client id changed[\s\S]*policy changed/);
    expect(comments.list.map(({ body }) => body)).toEqual([expect.stringContaining("Client id changed")]);
  });
});

test("no variable that the loader or bash obeys reaches a script", async () => {
  const names = [
    ...["PRELOAD", "AUDIT", "LIBRARY_PATH", "ORIGIN_PATH", "DEBUG_OUTPUT", "PROFILE_OUTPUT"].map(
      (name) => `LD_${name}`,
    ),
    ...["INSERT_LIBRARIES", "LIBRARY_PATH", "FRAMEWORK_PATH", "FALLBACK_LIBRARY_PATH"].map((name) => `DYLD_${name}`),
    ...["BASH_ENV", "ENV", "LOCPATH", "GCONV_PATH", "GLIBC_TUNABLES"],
  ];
  const base = commit("base");
  const home = copyOfAction(path.join(outside, "action"));
  const start = path.join(home, "packages/review/action/start.sh");
  // It answers for the review, so that nothing but what it prints is looked at.
  const printed = names.map((name) => `echo "${name}=[\${${name}-}]"`).join("\n");
  writeFileSync(
    start,
    `#!/bin/bash -p\n${printed}\nif [ "$1" = review.mjs ]; then echo exit-code=0 >> "$GITHUB_OUTPUT"; fi\n`,
  );
  const env = Object.fromEntries(names.map((name) => [name, path.join(outside, "evil")]));
  const { steps } = await action(defaults, pullRequest(base), { env, home });
  const empty = names.map((name) => `${name}=[]\n`).join("");
  expect(steps).toEqual([
    { code: 0, stdout: empty },
    { code: 0, stdout: empty },
  ]);
});

test("a loader that starts no program, and says that all went well, fails the job", async () => {
  const base = commit("base");
  file("plan.json", plan("other"));
  const { steps } = await action(defaults, pullRequest(base), { env: { LD_TRACE_LOADED_OBJECTS: "1" } });
  expect(steps.at(-1)?.code).toBe(1);
});

test("the carried review gets no token, and nothing of the environment that it does not take", async () => {
  const base = commit("base");
  file("plan.json", plan("other"));
  const home = copyOfAction(path.join(outside, "action"));
  writeFileSync(
    path.join(home, "packages/review/action/bundle/mcpstack-iac.cjs"),
    'console.log("names:", Object.keys(process.env).filter((name) => name !== "__CF_USER_TEXT_ENCODING").join());',
  );
  const env = { MCPSTACK_API_KEY: "key", HTTPS_PROXY: "http://proxy.example.com", AWS_SECRET_ACCESS_KEY: "secret" };
  const { steps } = await action(defaults, pullRequest(base), { env, home });
  const names = /names: (.*)/.exec(steps[0]?.stdout ?? "")?.[1]?.split(",");
  expect(names?.sort()).toEqual(["HTTPS_PROXY", "MCPSTACK_API_KEY"]);
});

test("an Action that lies in the checkout is refused, since the change could bring it", async () => {
  const base = commit("base");
  file("plan.json", plan("other"));
  const home = copyOfAction(path.join(folder, ".github/actions/review"));
  const { steps } = await action(defaults, pullRequest(base), { home });
  expect(steps[0]).toMatchObject({ code: 2, stdout: expect.stringContaining("[action-in-checkout]") });
});

describe("the policy is compared with the base's, however it is named", () => {
  test.each<[string, () => string, () => void]>([
    ["by its absolute path", () => path.join(folder, "mcpstack-review.yaml"), () => {}],
    ["with .. in its path", () => "infra/../mcpstack-review.yaml", () => {}],
    ["by a path that leaves the checkout and comes back", () => "../checkout/mcpstack-review.yaml", () => {}],
    [
      "by a link from outside",
      () => path.join(outside, "link/mcpstack-review.yaml"),
      () => symlinkSync(folder, path.join(outside, "link")),
    ],
    [
      "through a link that the base has too",
      () => "current/policy.yaml",
      () => {
        file("policies/policy.yaml", strict);
        link("policies", "current");
      },
    ],
    [
      "by a link in the base",
      () => "link.yaml",
      () => {
        file("a/b.yaml", strict);
        link("./a/../a/b.yaml", "link.yaml");
      },
    ],
  ])("%s", async (_name, name, prepare) => {
    file("mcpstack-review.yaml", strict);
    file("infra/main.tf", "");
    prepare();
    const base = commit("base");
    file("plan.json", plan("other"));
    file("mcpstack-review.yaml", lax);
    const held = path.relative(folder, path.resolve(folder, name()));
    if (!held.startsWith("..")) file(held, lax);
    const { steps } = await action({ ...defaults, policy: name() }, pullRequest(base));
    expect(steps[0]).toMatchObject({ code: 1, stdout: expect.stringContaining("The review's policy changed") });
  });

  test("a link that the change puts in the policy's place is read as the change's policy, and does not hold", async () => {
    file("mcpstack-review.yaml", strict);
    const base = commit("base");
    rmSync(path.join(folder, "mcpstack-review.yaml"));
    file("lax.yaml", lax);
    link("lax.yaml", "mcpstack-review.yaml");
    file("plan.json", plan("other"));
    const { steps } = await action(defaults, pullRequest(base));
    expect(steps[0]).toMatchObject({ code: 1, stdout: expect.stringContaining("severity.client-changed") });
  });

  test("a policy that the change removes holds, and another one that lies about is not taken for it", async () => {
    file("policies/one.yaml", strict);
    const base = commit("base");
    rmSync(path.join(folder, "policies/one.yaml"));
    file("mcpstack-review.yaml", lax);
    file("plan.json", plan("other"));
    const { steps, summary } = await action({ ...defaults, policy: "policies/one.yaml" }, pullRequest(base));
    expect(steps[0]?.code).toBe(1);
    expect(summary).toContain("severity.client-changed");
    expect(summary).not.toContain("off");
  });
});

interface Circumstances {
  readonly inputs?: Record<string, string>;
  readonly event?: Record<string, string>;
  readonly env?: Record<string, string>;
}

/** A path on which there is Node and bash, and no git. */
function withoutGit(): string {
  const bin = path.join(outside, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, path.join(bin, "node"));
  symlinkSync("/bin/bash", path.join(bin, "bash"));
  return bin;
}

describe("no review where the policy that holds is not known", () => {
  const cases: [string, RegExp, (base: string) => Circumstances][] = [
    ["no event with a base", /\[base-missing\]/, () => ({ event: {} })],
    [
      "the push that makes a branch",
      /\[base-missing\]/,
      () => ({ event: { "github.event.before": "0".repeat(40), "github.event.repository.default_branch": "main" } }),
    ],
    ["a name in place of a revision", /\[base-invalid\]/, () => ({ event: pullRequest("HEAD") })],
    ["a short revision", /\[base-invalid\]/, (base) => ({ event: pullRequest(base.slice(0, 12)) })],
    ["a revision with a line more", /\[base-invalid\]/, (base) => ({ event: pullRequest(`${base}\nHEAD`) })],
    [
      "an option in place of a revision",
      /\[base-invalid\]/,
      () => ({ event: pullRequest(`--upload-pack=touch ${owned}`) }),
    ],
    ["the same as an input", /\[base-invalid\]/, (base) => ({ inputs: { "base-revision": `${base}^0` } })],
    ["a revision that is no commit", /\[base-unreadable\]/, () => ({ event: pullRequest(blob(strict)) })],
    [
      "a policy outside",
      /lies in no repository.*\[policy-elsewhere\]/,
      () => ({ inputs: { policy: path.join(outside, "policy.yaml") } }),
    ],
    [
      "a policy above the checkout",
      /lies in no repository.*\[policy-elsewhere\]/,
      () => ({ inputs: { policy: "../policy.yaml" } }),
    ],
    ["a policy that is a folder", /is a folder.*\[policy-unreadable\]/, () => ({ inputs: { policy: "infra" } })],
    [
      "a policy that leads out in the base",
      /leads out of it.*\[policy-elsewhere\]/,
      () => ({ inputs: { policy: "out/policy.yaml" } }),
    ],
    ["links that go round", /\[path-unreadable\]/, () => ({ inputs: { policy: "round" } })],
    [
      "links in the base that go round",
      /leads out of it.*\[policy-elsewhere\]/,
      () => {
        rmSync(path.join(folder, "round"));
        file("round", lax);
        return { inputs: { policy: "round" } };
      },
    ],
    [
      "a policy in what is a submodule in the base",
      /submodule.*\[policy-elsewhere\]/,
      (base) => {
        git("update-index", "--add", "--cacheinfo", `160000,${base},module`);
        git("commit", "-q", "-m", "submodule");
        return { inputs: { policy: "module/policy.yaml" }, event: pullRequest(git("rev-parse", "HEAD")) };
      },
    ],
    ["no git to read the base with", /\[git-missing\]/, () => ({ env: { PATH: withoutGit() } })],
    [
      "a policy that leads out in the change",
      /leads out of the checkout.*\[policy-elsewhere\]/,
      () => {
        writeFileSync(path.join(outside, "lax.yaml"), lax);
        link(path.join(outside, "lax.yaml"), "led.yaml");
        return { inputs: { policy: "led.yaml" } };
      },
    ],
  ];
  test.each(cases)("%s", async (_name, words, prepare) => {
    file("mcpstack-review.yaml", lax);
    file("infra/main.tf", "");
    link("../outside", "out");
    link("round", "round");
    const base = commit("base");
    file("plan.json", plan("other"));
    commit("head");
    const { inputs = {}, event = pullRequest(base), env = {} } = prepare(base);
    const { steps, outputs } = await action({ ...defaults, ...inputs }, event, { env });
    expect(steps[0]).toMatchObject({ code: 2, stdout: expect.stringMatching(words) });
    expect(existsSync(owned)).toBe(false);
    expect(outputs["steps.review.outputs.sarif-file"]).toBeUndefined();
    expect(readFileSync(outputs["steps.review.outputs.comment-file"] ?? "", "utf8")).toContain("could not be reviewed");
  });

  test("a checkout without a repository, whose files look like one", async () => {
    file("mcpstack-review.yaml", lax);
    const base = commit("base");
    for (const entry of readdirSync(path.join(folder, ".git")))
      cpSync(path.join(folder, ".git", entry), path.join(folder, entry), { recursive: true });
    rmSync(path.join(folder, ".git"), { recursive: true });
    file("plan.json", plan("other"));
    const { steps } = await action(defaults, pullRequest(base));
    expect(steps[0]).toMatchObject({ code: 2, stdout: expect.stringContaining("lies in no repository") });
  });

  test("an object that was written over in the checkout", async () => {
    file("mcpstack-review.yaml", strict);
    const base = commit("base");
    const at = (id: string) => path.join(folder, ".git/objects", id.slice(0, 2), id.slice(2));
    const held = at(git("rev-parse", "HEAD:mcpstack-review.yaml"));
    const forged = at(blob(lax));
    rmSync(held);
    cpSync(forged, held);
    file("plan.json", plan("other"));
    const { steps } = await action(defaults, pullRequest(base));
    expect(steps[0]).toMatchObject({ code: 2, stdout: expect.stringContaining("[base-unreadable]") });
  });
});

describe("the base revision", () => {
  const protectedBranch = { GITHUB_REF: "refs/heads/release", GITHUB_REF_PROTECTED: "true" };
  const ownBranch = { GITHUB_REF: "refs/heads/feature", GITHUB_REF_PROTECTED: "false" };
  const defaultBranch = { GITHUB_REF: "refs/heads/main", GITHUB_REF_PROTECTED: "false" };
  const pushed = (base: string) => ({
    "github.event.before": base,
    "github.event.repository.default_branch": "main",
  });
  test.each<[string, number, (base: string, head: string) => Record<string, string>, Record<string, string>]>([
    ["of a merge queue", 1, (base) => ({ "github.event.merge_group.base_sha": base }), {}],
    ["of a push to the default branch", 1, pushed, defaultBranch],
    ["of a push to a protected branch", 1, pushed, protectedBranch],
    [
      "of a pull request, whose event also names its own last state",
      1,
      (base, head) => ({ ...pushed(head), ...pullRequest(base) }),
      {},
    ],
    ["is not what the author pushed before to a branch of his own", 2, (_base, head) => pushed(head), ownBranch],
  ])("%s", async (_name, code, event, env) => {
    file("mcpstack-review.yaml", strict);
    const base = commit("base");
    file("mcpstack-review.yaml", lax);
    const head = commit("his own");
    file("plan.json", plan("other"));
    const { steps } = await action(defaults, event(base, head), { env });
    expect(steps[0]?.code).toBe(code);
  });

  test("is given by the workflow where the event has none", async () => {
    file("mcpstack-review.yaml", strict);
    const base = commit("base");
    file("mcpstack-review.yaml", lax);
    file("plan.json", plan("other"));
    const { steps } = await action({ ...defaults, "base-revision": base.toUpperCase() }, {});
    expect(steps.map(({ code }) => code)).toEqual([1]);
  });

  /** What runs where the base has to be fetched: by the repository's configuration, its hooks, or an environment file. */
  const runs: [string, () => Record<string, string> | undefined][] = [
    ["nothing, since there is nothing", () => undefined],
    ["a program for the other side", () => config("remote.origin.uploadpack", `${folder}/evil.sh`)],
    ["an address that is a command", () => config("url.ext::sh -c 'touch $OWNED' #.insteadOf", "file://")],
    ["programs for what is read", () => config("core.fsmonitor", `${folder}/evil.sh`)],
    [
      "a hook",
      () => {
        program(".git/hooks/reference-transaction", evil);
        return undefined;
      },
    ],
    [
      "programs of git in an environment file",
      () => {
        program("bin/git-upload-pack", evil);
        program("bin/git", evil);
        return { GIT_EXEC_PATH: `${folder}/bin` };
      },
    ],
  ];
  const config = (key: string, value: string) => {
    git("config", "protocol.ext.allow", "always");
    git("config", key, value);
    return undefined;
  };
  test.each(runs)("is fetched from where the checkout came from, without running %s", async (_name, prepare) => {
    file("mcpstack-review.yaml", strict);
    const base = commit("base");
    file("mcpstack-review.yaml", lax);
    file("plan.json", plan("other"));
    program("evil.sh", evil);
    commit("head");
    const origin = path.join(outside, "origin");
    execFileSync("git", ["clone", "--quiet", "--bare", folder, origin]);
    execFileSync("git", ["-C", origin, "config", "uploadpack.allowAnySHA1InWant", "true"]);
    rmSync(folder, { recursive: true });
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${origin}`, folder], { stdio: "pipe" });
    const env = prepare() ?? {};
    const { steps } = await action(defaults, pullRequest(base), { env });
    expect(existsSync(owned)).toBe(false);
    expect(steps[0]).toMatchObject({ code: 1, stdout: expect.stringContaining("The review's policy changed") });
  });

  test("is fetched with the token from GitHub's own address, and from the one in the checkout without", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(
        `${request.headers.host?.split(":")[0]} ${request.url?.split("/info")[0]} ${request.headers.authorization}`,
      );
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    commit("base");
    git("remote", "add", "origin", `http://localhost:${port}/elsewhere`);
    file("plan.json", plan("other"));
    const env = { GITHUB_SERVER_URL: `http://127.0.0.1:${port}` };
    const { steps } = await action(defaults, pullRequest("1".repeat(40)), { env });
    await new Promise((resolve) => server.close(resolve));
    expect(steps[0]?.code).toBe(2);
    expect(asked).toEqual([
      "localhost /elsewhere undefined",
      `127.0.0.1 /petalpal/infra basic ${Buffer.from("x-access-token:write-token").toString("base64")}`,
    ]);
  });

  test("is not fetched from an address that is a command", async () => {
    program("evil.sh", evil);
    commit("base");
    git("remote", "add", "origin", `ext::${folder}/evil.sh`);
    git("config", "protocol.ext.allow", "always");
    file("plan.json", plan("other"));
    const { steps } = await action(defaults, pullRequest("1".repeat(40)));
    expect(steps[0]?.code).toBe(2);
    expect(existsSync(owned)).toBe(false);
  });
});

describe("the review reads no file that the change has a link to", () => {
  test.each(["plan", "base", "source"])("%s", async (input) => {
    const base = commit("base");
    writeFileSync(path.join(outside, "elsewhere.json"), JSON.stringify(plan("other")));
    file("plan.json", plan("other"));
    link(input === "source" ? outside : path.join(outside, "elsewhere.json"), "link.json");
    const { steps, outputs } = await action({ ...defaults, [input]: "link.json" }, pullRequest(base));
    expect(steps[0]).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(`${input} "link.json" goes through .*\\[path-through-link\\]`),
    });
    expect(outputs["steps.review.outputs.sarif-file"]).toBeUndefined();
  });

  test("a plan that the workflow has written elsewhere is read", async () => {
    const base = commit("base");
    writeFileSync(path.join(outside, "plan.json"), JSON.stringify(plan("other")));
    const { steps } = await action({ ...defaults, plan: path.join(outside, "plan.json") }, pullRequest(base));
    expect(steps[0]?.code).toBe(0);
  });
});
