/**
 * Writes faults.flagd.json beside itself: every fault of every service, all off. Run it again when a service is added:
 * `node base/faults/write-flags.ts`.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { faultFile } from "@mall/kit/faults";

interface Manifest {
  name: string;
  mall?: { database: boolean; delivers?: string[] };
}

const services = globSync(join(import.meta.dirname, "../../services/*/package.json"))
  .toSorted()
  .map((file) => JSON.parse(readFileSync(file, "utf8")) as Manifest)
  .flatMap(({ name, mall }) => (mall ? [{ name: name.replace("@mall/", ""), ...mall }] : []));
const consumers = new Set(services.flatMap(({ delivers = [] }) => delivers));
const targets = services.map(({ name, database }) => ({
  name,
  database,
  consumesEvents: consumers.has(name),
}));

writeFileSync(
  join(import.meta.dirname, "faults.flagd.json"),
  `${JSON.stringify(faultFile(targets), undefined, 2)}\n`,
);
