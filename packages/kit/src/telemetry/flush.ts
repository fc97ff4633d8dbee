import { processWide } from "./process-wide.ts";

const telemetry = processWide<{ flush?: () => Promise<void> }>("telemetry", {});

// A collector that is down must not hold up a shutdown: the exporter would try for ten seconds.
const mostMs = 1_000;

export function onTelemetryFlush(shutdown: () => Promise<void>): void {
  telemetry.flush = shutdown;
}

/** Sends what is buffered and stops telemetry; resolves at once when none was started, after a second at the latest. */
export async function flushTelemetry(): Promise<void> {
  if (!telemetry.flush) return;
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, mostMs);
  });
  await Promise.race([telemetry.flush().catch(() => undefined), enough]);
  clearTimeout(timer);
}
