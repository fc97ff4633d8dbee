import pc from "picocolors";
import type { Backend } from "../backend.ts";
import { type Application, isWell, readApplications } from "../deliver/applications.ts";
import { sentence } from "../machine/sentence.ts";

/** Prints what runs; answers whether all is well. */
export async function status(backend: Backend): Promise<boolean> {
  if (!(await backend.isUp())) {
    process.stdout.write("No cluster is up: npm run cluster -- up\n");
    return false;
  }
  const problems = await backend.problems();
  const applications = await readApplications().catch((error: unknown) => {
    problems.push(`Argo CD's Applications cannot be read: ${sentence(error)}`);
    return [];
  });
  if (problems.length === 0 && applications.length === 0)
    problems.push("Nothing has been delivered to it yet: npm run cluster -- up");
  for (const problem of problems) process.stdout.write(`${pc.red("✗")} ${problem}\n`);
  printApplications(applications);
  return problems.length === 0 && applications.every(isWell);
}

function printApplications(applications: readonly Application[]): void {
  const width = Math.max(0, ...applications.map(({ name }) => name.length));
  for (const application of applications) {
    const { name, sync, health, message } = application;
    const mark = isWell(application) ? pc.green("✓") : pc.yellow("•");
    const reason = isWell(application) || message === "" ? "" : `  ${pc.dim(message.slice(0, 200))}`;
    process.stdout.write(`${mark} ${name.padEnd(width)}  ${sync}, ${health}${reason}\n`);
  }
}
