interface Stoppable {
  stop(): Promise<void>;
}

const running: Stoppable[] = [];

/** Waits for something to start, and sees to it that `stopAll` stops it, however the test ends. */
export async function keep<T extends Stoppable>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  running.push(started);
  return started;
}

/** Stops what was kept, the youngest first: it may depend on the older. */
export async function stopAll(): Promise<void> {
  for (const each of running.splice(0).toReversed()) await each.stop();
}
