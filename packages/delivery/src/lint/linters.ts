import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { environments } from "../release/leaves.ts";
import { run } from "../run.ts";
import { gradeEnvironments } from "./kube-score.ts";
import type { Finding, Linter } from "./linter.ts";
import { withRenderedEnvironment } from "./rendered-environment.ts";

export const linters: readonly Linter[] = [
  { tool: "actionlint", judges: ".github/workflows", run: (root, command) => once(root, command, []) },
  {
    tool: "zizmor",
    judges: ".github",
    run: (root, command) => once(root, command, ["--offline", "--no-progress", ".github"]),
  },
  { tool: "promtool", judges: "base/alerts", run: lintRules },
  {
    tool: "istioctl",
    judges: "every rendered environment",
    // Without --all-namespaces it looks at "default" only, and finds nothing anywhere.
    run: lintEnvironments((file) => [
      "analyze",
      "--use-kube=false",
      "--all-namespaces",
      "--failure-threshold=Warning",
      file,
    ]),
  },
  {
    tool: "kubectl-argo-rollouts",
    judges: "the Rollouts of every rendered environment",
    run: lintEnvironments((file) => ["lint", "--filename", file]),
  },
  { tool: "kube-score", judges: "the pods of staging and prod", run: gradeEnvironments },
];

async function lintRules(root: string, promtool: string): Promise<Finding[]> {
  const [rules, tests] = await Promise.all([
    yamlFiles(root, "base/alerts/rules"),
    yamlFiles(root, "base/alerts/tests"),
  ]);
  return [
    ...(await once(root, promtool, ["check", "rules", ...rules])),
    ...(await once(root, promtool, ["test", "rules", ...tests])),
  ];
}

function lintEnvironments(argumentsFor: (file: string) => string[]): Linter["run"] {
  return async (root, command) => {
    const findings: Finding[] = [];
    for (const environment of environments) {
      const [found] = await withRenderedEnvironment(root, environment, (file) =>
        once(root, command, argumentsFor(file)),
      );
      if (found) findings.push({ ...found, output: `${environment}:\n${found.output}` });
    }
    return findings;
  };
}

async function once(root: string, command: string, args: readonly string[]): Promise<Finding[]> {
  const { code, stdout, stderr } = await run(command, args, { cwd: root });
  return [{ code, output: `${stdout}${stderr}`.trim() }];
}

async function yamlFiles(root: string, folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder));
  return names.filter((name) => name.endsWith(".yaml")).map((name) => join(folder, name));
}
