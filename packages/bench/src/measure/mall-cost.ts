import type { Mall } from "@mall/launcher";
import { costOf, type ProcessCost } from "./process-cost.ts";

/** By process; PostgreSQL with all its backends is one. */
export type MallCost = Record<string, ProcessCost>;

export function readMallCost(mall: Mall): MallCost {
  const services = Object.values(mall.services).map(({ name, pid }) => [name, pid] as const);
  const running = [...services, ["postgresql", mall.database.pid] as const];
  return Object.fromEntries(running.flatMap(([name, pid]) => (pid ? [[name, costOf(pid)]] : [])));
}

/** Milliseconds of processor time that each process used between two readings. */
export function cpuBetween(before: MallCost, after: MallCost): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, { cpuMs }]) => [name, cpuMs - (before[name]?.cpuMs ?? 0)]),
  );
}

export const totalOf = (byProcess: Readonly<Record<string, number>>): number =>
  Object.values(byProcess).reduce((sum, each) => sum + each, 0);

export const memoryOf = (cost: MallCost): number =>
  Object.values(cost).reduce((sum, { pssBytes }) => sum + pssBytes, 0);
