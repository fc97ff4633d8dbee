import { bare } from "./bare/bare.ts";
import type { Backend } from "./backend.ts";
import { kind } from "./kind/kind.ts";
import { succeeds } from "./machine/run.ts";

/** The one that was asked for, or that runs already, or kind where Docker answers, or bare. */
export async function chooseBackend(asked: Backend["name"] | undefined): Promise<Backend> {
  if (asked === "kind") return kind;
  if (asked === "bare" || (await bare.isUp())) return bare;
  return (await succeeds("docker", ["info"])) ? kind : bare;
}
