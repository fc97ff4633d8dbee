#!/usr/bin/env node
import { tooOld } from "./node-version.ts";

// Everything else is loaded only after this check: its libraries fail on an old Node with errors that say nothing.
const complaint = tooOld(process.versions.node);
if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
} else {
  const { runCommandLine } = await import("./command-line.ts");
  await runCommandLine(process.argv);
}
