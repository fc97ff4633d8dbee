import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Where the shoppers run and where the mall does: they must not take each other's time. */
export interface Placement {
  /** Puts this process, and all that it starts from now on, on the mall's processor. */
  enterMall(): void;
  /** The words before a command that is to run on the client's processor; null where it runs anywhere. */
  readonly client: readonly [command: string, ...args: string[]] | null;
  /** For the report. */
  readonly description: string;
}

/** One processor for the client, one for the mall, by taskset; unpinned where there is no taskset or one processor. */
export function placeProcesses(): Placement {
  if (process.platform !== "linux" || availableParallelism() < 2 || !hasTaskset()) {
    return { enterMall: () => {}, client: null, description: "client and mall share all processors" };
  }
  return {
    enterMall: () =>
      execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", "1", String(process.pid)]),
    client: ["taskset", "--cpu-list", "0"],
    description: "client on processor 0, the mall on processor 1",
  };
}

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
