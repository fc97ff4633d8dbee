import { type DestinationStream, pino } from "pino";
import { processWide } from "./process-wide.ts";

interface LogOutput {
  destination: DestinationStream;
  /** Writes out what is waiting. Lines from warnings up are not left waiting: somebody may be looking for them. */
  urge(): void;
}

// Bytes and milliseconds that lines wait for each other: a system call for each line is a twentieth of a small
// service's work. What is killed loses so much of what it would have told.
const together = 4_096;
const longestWaitMs = 250;

const state = processWide<{ output?: LogOutput }>("log output", {});

/** Standard output, of which a process has one. */
export const logOutput = (): LogOutput => (state.output ??= open());

function open(): LogOutput {
  const destination = pino.destination({ sync: true, minLength: together, periodicFlush: longestWaitMs });
  process.on("exit", () => destination.flushSync());
  let urged = false;
  return {
    destination,
    urge() {
      if (urged) return;
      urged = true;
      // After the line itself has been handed over.
      queueMicrotask(() => {
        urged = false;
        destination.flushSync();
      });
    },
  };
}
