import type { MallDatabase } from "./database.ts";
import type { MallListener } from "./mall-event.ts";

export interface MallOptions {
  /** The project's folder: has services/ and packages/. Absolute. */
  root: string;
  /** Data, logs and passwords; made when missing. Absolute. */
  stateDir: string;
  /** "fixed": the ports in the package.json files plus `portOffset`. "free": whatever is free, for tests. */
  ports: "fixed" | "free";
  /** Default 0. */
  portOffset?: number;
  /** Of the embedded server, without the offset. Default 5480. */
  postgresPort?: number;
  /** The administrator's connection to a server to use in place of the embedded one. */
  databaseUrl?: string | undefined;
  /** Given to every service beside this process's own environment. */
  env?: Record<string, string>;
  /** Names of the services to run; the others' addresses are given out all the same. Default all. */
  only?: readonly string[];
  /**
   * The address by which everybody is told to reach a process ("postgresql" too), given its own: for a run that puts
   * something in between. Default its own.
   */
  reachedAt?: (name: string, address: string) => string;
  /** The program of a service in place of what its package.json names, by service. Absolute. */
  programs?: Readonly<Record<string, string>>;
  /** Whether what dies is restarted; see `Mall.restarts`. Default true. */
  restarts?: boolean;
  onEvent?: MallListener;
}

export interface MallService {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly optional: boolean;
  /** Undefined while it is down. */
  readonly pid: number | undefined;
  readonly ready: boolean;
  /** Its own database by its own role, when it has one. */
  readonly databaseUrl: string | undefined;
  readonly logFile: string;
  /** Default SIGKILL. What dies of it is restarted, unless `restarts` is false. */
  kill(signal?: NodeJS.Signals): void;
  /** Resolves when it has ended; it stays down until `start`. */
  stop(): Promise<void>;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** Resolves when it is ready, after a restart too. */
  untilReady(timeoutMs?: number): Promise<void>;
}

export interface Mall {
  /** By name. */
  readonly services: Record<string, MallService>;
  readonly database: Pick<MallDatabase, "pid" | "kill">;
  /** Turns the restart of dead services off and on. */
  restarts: boolean;
  /** Resolves when all that is meant to run is ready, optional services aside. Rejects with a LaunchError. */
  waitUntilReady(timeoutMs?: number): Promise<void>;
  /** Stops services, then PostgreSQL, in about 3 s at most. */
  stop(): Promise<void>;
  /** The same without grace: everything is ended at once. */
  stopNow(): Promise<void>;
}
