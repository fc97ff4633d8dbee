import type { ChildProcess } from "node:child_process";
import { createBackoff } from "./backoff.ts";
import { LaunchError } from "./launch-error.ts";
import { lastLines, sizeOf } from "./log-file.ts";
import type { MallListener } from "./mall-event.ts";
import type { MallService } from "./mall.ts";
import type { ServicePlan } from "./service-plan.ts";
import { spawnService } from "./spawn-service.ts";

export interface ServiceProcessOptions {
  plan: ServicePlan;
  port: number;
  databaseUrl: string | undefined;
  env: NodeJS.ProcessEnv;
  root: string;
  logFile: string;
  /** Asked each time the process dies by itself. */
  mayRestart: () => boolean;
  onEvent: MallListener;
}

interface Waiting {
  arrived: () => void;
  stopped: () => void;
}

const readyTimeoutMs = 60_000;
const graceMs = 2_500;

/** One service kept running: started, restarted with a growing delay when it dies, stopped. */
export class ServiceProcess implements MallService {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly optional: boolean;
  readonly databaseUrl: string | undefined;
  readonly logFile: string;
  readonly #options: ServiceProcessOptions;
  readonly #backoff = createBackoff();
  readonly #waiting = new Set<Waiting>();
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #wanted = false;
  #ready = false;
  #restart: NodeJS.Timeout | undefined;

  constructor(options: ServiceProcessOptions) {
    this.#options = options;
    this.name = options.plan.name;
    this.url = `http://127.0.0.1:${options.port}`;
    this.port = options.port;
    this.optional = options.plan.optional;
    this.databaseUrl = options.databaseUrl;
    this.logFile = options.logFile;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Whether it is meant to run. */
  get wanted(): boolean {
    return this.#wanted;
  }

  async start(): Promise<void> {
    if (!this.#wanted) await this.#ended;
    if (!this.#child) this.spawn();
    await this.untilReady();
  }

  async untilReady(timeoutMs = readyTimeoutMs): Promise<void> {
    if (this.#ready) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = {
      arrived: resolve,
      stopped: () => reject(new LaunchError(`${this.name} was stopped before it was ready.`)),
    };
    const timeout = setTimeout(() => {
      const last = lastLines(this.logFile, 3).join(" ") || "it wrote nothing";
      reject(
        new LaunchError(
          `${this.name} is not ready after ${timeoutMs / 1000} s (${last}): see ${this.logFile}.`,
        ),
      );
    }, timeoutMs);
    this.#waiting.add(waiting);
    await promise.finally(() => {
      clearTimeout(timeout);
      this.#waiting.delete(waiting);
    });
  }

  async stop(withinMs = graceMs): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#restart);
    for (const { stopped } of this.#waiting) stopped();
    const child = this.#child;
    if (!child) return;
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), withinMs);
    await this.#ended;
    clearTimeout(impatience);
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    // Dead from here on for whoever waits, though its exit is seen a moment later.
    if (signal === "SIGKILL") this.#ready = false;
    this.#child?.kill(signal);
  }

  spawn(): void {
    const { plan, root, env, logFile, onEvent } = this.#options;
    const ended = Promise.withResolvers<void>();
    const startedAt = Date.now();
    const logged = sizeOf(logFile);
    clearTimeout(this.#restart);
    onEvent({ type: "starting", name: this.name });
    this.#wanted = true;
    this.#ended = ended.promise;
    this.#child = spawnService({
      main: plan.main,
      root,
      env,
      logFile,
      onReady: () => this.#becomeReady(Date.now() - startedAt),
      onEnd: (reason) => {
        this.#afterEnd(reason, Date.now() - startedAt, logged);
        ended.resolve();
      },
    });
  }

  #becomeReady(afterMs: number): void {
    this.#ready = true;
    this.#options.onEvent({ type: "ready", name: this.name, afterMs });
    for (const { arrived } of this.#waiting) arrived();
  }

  #afterEnd(reason: string, livedMs: number, logged: number): void {
    const { logFile, mayRestart, onEvent } = this.#options;
    this.#child = undefined;
    this.#ready = false;
    if (!this.#wanted) return onEvent({ type: "stopped", name: this.name });
    const restartInMs = mayRestart() ? this.#backoff(livedMs) : undefined;
    onEvent({ type: "died", name: this.name, reason, lastLines: lastLines(logFile, 5, logged), restartInMs });
    if (restartInMs !== undefined) this.#restart = setTimeout(() => this.spawn(), restartInMs);
  }
}
