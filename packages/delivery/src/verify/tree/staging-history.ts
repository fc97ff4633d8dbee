import { execFileSync } from "node:child_process";

/** Every digest that a service's release in staging ever had, by Git; empty where there is no repository. */
export function stagingHistory(root: string, service: string): Set<string> {
  const file = `overlays/staging/${service}/release/kustomization.yaml`;
  try {
    const changes = execFileSync("git", ["log", "-p", "--format=", "--", file], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return new Set(changes.match(/sha256:[0-9a-f]{64}/g));
  } catch {
    return new Set(); // no Git, or no repository: what stands there now is all that is known
  }
}
