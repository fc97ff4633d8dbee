import { run } from "../run.ts";
import type { Finding } from "./linter.ts";
import { withRenderedEnvironment } from "./rendered-environment.ts";

/** Not dev: it runs one of each on purpose. */
const judged = ["staging", "prod"];

/** What it may not complain of; docs/add-a-service.md says why each is as it is. */
const accepted = [
  "container-image-pull-policy",
  "container-ephemeral-storage-request-and-limit",
  "deployment-has-host-podantiaffinity",
  "networkpolicy-targets-pod",
];

/** Asks kube-score of the environments that people depend on. */
export async function gradeEnvironments(root: string, kubeScore: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const environment of judged)
    await withRenderedEnvironment(
      root,
      environment,
      async (file) => {
        const flags = accepted.map((test) => `--ignore-test=${test}`);
        const graded = await run(kubeScore, ["score", "--output-format=ci", ...flags, file], { cwd: root });
        const complaints = graded.stdout.split("\n").filter((line) => /^\[(WARNING|CRITICAL)\]/.test(line));
        const output = [`${environment}:`, ...complaints, graded.stderr].join("\n").trim();
        findings.push({ code: complaints.length > 0 ? 1 : graded.code, output });
      },
      withDeployments,
    );
  return findings;
}

/** It does not know Rollouts, whose pods are described as a Deployment's are. */
const withDeployments = (yaml: string): string =>
  yaml.replaceAll(
    /^( *)apiVersion: argoproj\.io\/v1alpha1\n( *)kind: Rollout$/gm,
    "$1apiVersion: apps/v1\n$2kind: Deployment",
  );
