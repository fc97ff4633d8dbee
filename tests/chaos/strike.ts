import { setTimeout as sleep } from "node:timers/promises";
import type { Blow, Damage } from "./plan.ts";
import { isDatabase, type WiredMall } from "./wired-mall.ts";

const LATE_MS = 300;

type Strike = (mall: WiredMall, blow: Blow) => Promise<void>;

const strikes: Readonly<Record<Damage, Strike>> = {
  async kill({ mall }, { target }) {
    if (isDatabase(target)) return mall.database.kill();
    mall.services[target]?.kill("SIGKILL");
  },
  async stop(wired, { target, lastsMs }) {
    const pids = processesOf(wired, target);
    for (const pid of pids) signal(pid, "SIGSTOP");
    await sleep(lastsMs);
    for (const pid of pids) signal(pid, "SIGCONT");
  },
  async slow({ wires }, { target, lastsMs }) {
    wires.get(target)?.delay(LATE_MS);
    await sleep(lastsMs);
    wires.get(target)?.delay(0);
  },
  async partition({ wires }, { target, lastsMs }) {
    wires.get(target)?.cut();
    await sleep(lastsMs);
    wires.get(target)?.mend();
  },
};

/** Resolves when the blow is over; a process that it has killed may still be on its way back. */
export const strike: Strike = (mall, blow) => strikes[blow.damage](mall, blow);

/** PostgreSQL's server alone: its backends finish what they have, and nobody new is let in. */
function processesOf({ mall }: WiredMall, target: string): number[] {
  const pid = isDatabase(target) ? mall.database.pid : mall.services[target]?.pid;
  return pid === undefined ? [] : [pid];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
