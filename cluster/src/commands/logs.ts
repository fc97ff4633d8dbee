import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { logPath } from "../bare/processes.ts";
import { kubectl } from "../kubectl.ts";
import { statePath } from "../paths.ts";

const lines = 200;

export async function logs(name: string | undefined): Promise<void> {
  if (name === undefined) {
    const files = await readdir(statePath("log")).catch((): string[] => []);
    const processes = files.map((file) => file.replace(/\.log$/, ""));
    process.stdout.write(
      `Processes: ${processes.join(", ") || "none"}. Services of the mall: any, by name.\n`,
    );
    return;
  }
  process.stdout.write(
    existsSync(logPath(name)) ? await lastLines(logPath(name)) : await logsOfService(name),
  );
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8");
  return `${text.trimEnd().split("\n").slice(-lines).join("\n")}\n`;
}

async function logsOfService(service: string): Promise<string> {
  const selector = `--selector=app.kubernetes.io/name=${service}`;
  const flags = ["--all-containers", "--prefix", `--tail=${lines}`];
  const text = await kubectl(["--namespace=mall-local", "logs", selector, ...flags]);
  if (text === "") throw new Error(`Neither a process nor a running pod is called "${service}".`);
  return text;
}
