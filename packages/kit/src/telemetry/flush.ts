let flush: (() => Promise<void>) | undefined;

export function onTelemetryFlush(shutdown: () => Promise<void>): void {
  flush = shutdown;
}

/** Sends what is buffered and stops telemetry; resolves at once when none was started. */
export async function flushTelemetry(): Promise<void> {
  await flush?.();
}
