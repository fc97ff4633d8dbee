import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type * as Processes from "../src/bare/processes.ts";
import { waitFor } from "../src/machine/wait-for.ts";

const folder = mkdtempSync(join(tmpdir(), "mall-processes-"));
process.env["MALL_CLUSTER_DIR"] = folder;
let processes: typeof Processes;

beforeAll(async () => {
  jest.resetModules();
  processes = await import("../src/bare/processes.ts");
});

afterAll(async () => {
  for (const name of await processes.recordedProcesses()) await processes.stopProcess(name);
  rmSync(folder, { recursive: true });
});

test("a process is started once, is known to run, and ends when it is stopped", async () => {
  const pid = await processes.startProcess("sleeper", ["sleep", "60"]);

  expect(await processes.startProcess("sleeper", ["sleep", "60"])).toBe(pid);
  expect(await processes.runningPid("sleeper")).toBe(pid);

  await processes.stopProcess("sleeper");
  expect(await processes.isRunning("sleeper")).toBe(false);
  expect(await processes.recordedProcesses()).toEqual([]);
});

test("what it writes is in its log", async () => {
  await processes.startProcess("speaker", ["sh", "-c", "echo hello; echo trouble >&2; sleep 60"]);

  const both = async () => /hello\ntrouble/.test(await readFile(processes.logPath("speaker"), "utf8"));
  await waitFor("both lines", both, { timeoutMs: 20_000 });
  await processes.stopProcess("speaker");
});

test("a process that does not want to end is ended", async () => {
  await processes.startProcess("stubborn", [
    "sh",
    "-c",
    "trap '' TERM; echo ready; while :; do sleep 0.1; done",
  ]);
  const isReady = async () => (await readFile(processes.logPath("stubborn"), "utf8")).includes("ready");
  await waitFor("the trap", isReady, { timeoutMs: 20_000 });

  await processes.stopProcess("stubborn", { graceMs: 200 });

  expect(await processes.isRunning("stubborn")).toBe(false);
});

test("a pid that by now is somebody else's is left alone", async () => {
  await writeFile(join(folder, "run/other.json"), JSON.stringify({ pid: process.pid, began: "1" }));

  expect(await processes.isRunning("other")).toBe(false);
  await processes.stopProcess("other");
});
