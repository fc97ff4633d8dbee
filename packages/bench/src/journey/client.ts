import { spawn } from "node:child_process";
import { join } from "node:path";
import type { TrafficResults, VisitResult } from "@mall/loadgenerator";
import type { Placement } from "../measure/processors.ts";

export interface Load {
  url: string;
  seconds: number;
  /** So many shoppers who come again at once (a closed loop)… */
  shoppers?: number;
  /** …or so many journeys begun per second, come what may (an open loop). */
  rate?: number;
  seed: number;
}

export interface ClientResults extends TrafficResults {
  /** On the clock of `Date.now()`. */
  startedAt: number;
  /** Every visit, in the order in which they ended. */
  timeline: VisitResult[];
}

/** Runs shoppers in a process of their own, on the client's processor. @throws {Error} when that process fails */
export function runClient(load: Load, placement: Placement): Promise<ClientResults> {
  const program = join(import.meta.dirname, "client-process.js");
  const node = [process.execPath, program, JSON.stringify(load)] as const;
  const [command, ...args] = placement.client === null ? node : [...placement.client, ...node];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(output) as ClientResults);
      else reject(new Error(`The client ended with exit code ${code}.`));
    });
  });
}
