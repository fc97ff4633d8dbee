import { setImmediate as nextTurn } from "node:timers/promises";

export type WorkQueue = ReturnType<typeof createWorkQueue>;

/** A place in the queue, taken before the body is read. */
export type Place = {
  /** Runs when its turn comes. */
  readonly run: <Result>(work: () => Result | Promise<Result>) => Promise<Result>;
  /** To be called once, whatever happened. */
  readonly leave: () => void;
};

/**
 * One piece of work at a time, with a pause between for the page's requests, and a bound on what may wait. Beyond it
 * nothing is read at all: the sender is told to come back, which OTLP exporters do.
 */
export function createWorkQueue({
  maxJobs = 256,
  maxBytes = 32 * 1024 * 1024,
  pause = nextTurn,
}: {
  maxJobs?: number;
  maxBytes?: number;
  pause?: () => Promise<unknown>;
} = {}) {
  let jobs = 0;
  let bytes = 0;
  let last: Promise<unknown> = Promise.resolve();

  return {
    /** Null when the queue is full. */
    enter(size: number): Place | null {
      if (jobs >= maxJobs || bytes + size > maxBytes) return null;
      jobs += 1;
      bytes += size;
      return {
        run<Result>(work: () => Result | Promise<Result>): Promise<Result> {
          const turn = last.then(pause).then(work);
          last = turn.catch(() => undefined);
          return turn;
        },
        leave() {
          jobs -= 1;
          bytes -= size;
        },
      };
    },

    waiting: (): number => jobs,
  };
}
