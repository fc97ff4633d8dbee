import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/**
 * Measures the share of the time, from 0 to 1, in which this process's main thread was at work or waited for a
 * processor, since the last call. Linux counts both (`/proc/<pid>/schedstat`, nanoseconds); elsewhere it is the event
 * loop's utilization, which does not know of the waiting.
 */
export function createDemand(): () => number {
  let [lastNs, lastMs] = [scheduledNs(), performance.now()];
  let lastLoop = performance.eventLoopUtilization();
  return () => {
    const [ns, ms, loop] = [scheduledNs(), performance.now(), performance.eventLoopUtilization()];
    const demand =
      ns === undefined || lastNs === undefined
        ? performance.eventLoopUtilization(loop, lastLoop).utilization
        : (ns - lastNs) / 1e6 / (ms - lastMs);
    [lastNs, lastMs, lastLoop] = [ns, ms, loop];
    return Math.min(1, demand);
  };
}

function scheduledNs(): number | undefined {
  try {
    // A thread's directory is named by its id; that of the main thread is the process's.
    const [onProcessor, waiting] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(
      " ",
    );
    return Number(onProcessor) + Number(waiting);
  } catch {
    return undefined;
  }
}
