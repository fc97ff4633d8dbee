import { parentPort, workerData } from "node:worker_threads";
import type { Manifest } from "../tree/manifest.ts";
import { examine } from "./examine.ts";

// A thread of its own: loading the models takes a second, in which the other rules already run.
const examinations = [];
for (const manifest of workerData as Manifest[]) examinations.push(await examine(manifest));
parentPort?.postMessage(examinations, []); // plain data: nothing is handed over
