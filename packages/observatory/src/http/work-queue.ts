import { setImmediate as nextTurn } from "node:timers/promises";

/** What a request costs besides its body: its socket, its parser, its promises. */
const REQUEST_BYTES = 16 * 1024;

export type WorkQueue = ReturnType<typeof createWorkQueue>;

/** A place in the queue, taken before the body is read. */
export type Place = {
  /** Reserves room for that much of a body which is longer than was known. False when there is none. */
  readonly grow: (bytes: number) => boolean;
  /** Runs when its turn comes. */
  readonly run: <Result>(work: () => Result | Promise<Result>) => Promise<Result>;
  /** To be called once, whatever happened. */
  readonly leave: () => void;
};

/**
 * One piece of work at a time, with a pause between for the page's requests. What may wait is bounded by the memory
 * that it takes and by how long the first has been waiting: an exporter gives up after ten seconds, and what is taken
 * in after that is sent again. Beyond the bounds nothing is read at all: the sender is told to come back, which OTLP
 * exporters do. The number of requests is no bound, for a hundred small ones are done in a moment.
 */
export function createWorkQueue({
  maxBytes = 32 * 1024 * 1024,
  maxWaitMs = 8_000,
  pause = nextTurn,
  now = () => performance.now(),
}: {
  maxBytes?: number;
  maxWaitMs?: number;
  pause?: () => Promise<unknown>;
  /** Milliseconds. */
  now?: () => number;
} = {}) {
  let jobs = 0;
  let bytes = 0;
  let last: Promise<unknown> = Promise.resolve();
  /** When those that wait for their turn began to, the first one first. */
  const waitingSince = new Map<symbol, number>();

  function isTooSlow(): boolean {
    const [first = Number.POSITIVE_INFINITY] = waitingSince.values();
    return now() - first > maxWaitMs;
  }

  return {
    /** Null when the queue is full. @param size bytes of the body, as far as known */
    enter(size: number): Place | null {
      let taken = size + REQUEST_BYTES;
      if (bytes + taken > maxBytes || isTooSlow()) return null;
      jobs += 1;
      bytes += taken;
      return {
        grow(more) {
          if (bytes + more > maxBytes) return false;
          bytes += more;
          taken += more;
          return true;
        },
        run<Result>(work: () => Result | Promise<Result>): Promise<Result> {
          const turn = Symbol("turn");
          waitingSince.set(turn, now());
          const done = last
            .then(pause)
            .finally(() => waitingSince.delete(turn))
            .then(work);
          last = done.catch(() => undefined);
          return done;
        },
        leave() {
          jobs -= 1;
          bytes -= taken;
        },
      };
    },

    waiting: (): number => jobs,
  };
}
