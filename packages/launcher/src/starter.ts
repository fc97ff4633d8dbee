import { describeProcess, isAlive } from "./processes.ts";

const checkEveryMs = 500;

/**
 * Calls `onGone` when the npm that started this process has died. A killed npm tells nobody: its shell and this
 * process would live on. Started in any other way, this process answers to nobody and outlives its shell.
 */
export function watchStarter(onGone: () => void): void {
  const starters = startersUpToNpm();
  if (starters.length === 0) return;
  const timer = setInterval(() => {
    if (starters.every(isAlive)) return;
    clearInterval(timer);
    onGone();
  }, checkEveryMs);
  timer.unref();
}

/** The pids of this process's ancestors up to the npm that runs the script: usually a shell, then npm. */
function startersUpToNpm(): number[] {
  if (!process.env["npm_lifecycle_event"]) return [];
  const pids: number[] = [];
  let pid = process.ppid;
  while (pids.length < 3) {
    const ancestor = describeProcess(pid);
    if (!ancestor) return [];
    pids.push(pid);
    if (/^(npm|\S*node \S*npm)/.test(ancestor.command)) return pids;
    pid = ancestor.parent;
  }
  return [];
}
