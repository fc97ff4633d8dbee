#!/usr/bin/env node
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { drift, files, write } from "./files.ts";

interface Flags {
  out: string;
  check?: boolean;
}

const command = new Command("dashboards")
  .description("Write Grafana's dashboards as JSON, as they are in the code of packages/dashboards.")
  .option("--out <folder>", "where to", resolve(import.meta.dirname, "../../../base/dashboards"))
  .option("--check", "write nothing, and exit with 1 when a file is not as it would be written")
  .action(({ out, check = false }: Flags) => {
    if (!existsSync(out))
      command.error(`The folder ${out} does not exist: create it, or give another by --out.`);
    const changed = check ? drift(out) : write(out);
    const verb = check ? "is not as the code has it" : "written";
    for (const name of changed) process.stdout.write(`${name} ${verb}\n`);
    if (changed.length === 0) process.stdout.write(`${files.size} dashboards are as the code has them.\n`);
    if (check && changed.length > 0) process.exitCode = 1;
  });

command.parse();
