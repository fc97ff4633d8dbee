import type { Logger } from "pino";

/** What a service has opened while it started. */
export interface Resources {
  add(name: string, close: () => Promise<unknown> | undefined): void;
  /** Closes the last one opened first. One that fails or takes too long is logged and does not hold up the rest. */
  closeAll(withinMs: number): Promise<void>;
}

export function createResources(logger: Logger): Resources {
  const open: { name: string; close: () => Promise<unknown> | undefined }[] = [];

  async function closeEach(): Promise<void> {
    for (let last = open.at(-1); last; last = open.at(-1)) {
      try {
        await last.close();
      } catch (error) {
        logger.warn({ err: error, resource: last.name }, "could not be closed");
      }
      open.pop();
    }
  }

  return {
    add: (name, close) => void open.push({ name, close }),
    async closeAll(withinMs) {
      let timer: NodeJS.Timeout | undefined;
      const expiry = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          logger.warn({ resources: open.map(({ name }) => name) }, "not closed in time");
          resolve();
        }, withinMs);
      });
      await Promise.race([closeEach(), expiry]);
      clearTimeout(timer);
    },
  };
}
