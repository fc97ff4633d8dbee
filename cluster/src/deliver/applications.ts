import { z } from "zod";
import { kubectl } from "../kubectl.ts";
import { waitFor } from "../machine/wait-for.ts";

const applications = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z
        .object({
          sync: z.object({ status: z.string(), revision: z.string().optional() }).optional(),
          health: z.object({ status: z.string().optional(), message: z.string().optional() }).optional(),
          conditions: z.array(z.object({ type: z.string(), message: z.string() })).optional(),
          operationState: z.object({ phase: z.string(), message: z.string().optional() }).optional(),
        })
        .optional(),
    }),
  ),
});

/** What Argo CD says of one Application. */
export interface Application {
  name: string;
  sync: string;
  health: string;
  /** The commit that it was compared with. */
  revision: string;
  /** Why it is not well, in Argo CD's words; empty when nothing is said. */
  message: string;
}

/** An environment's, those that sync by themselves: a load test runs when somebody asks for it. */
export async function readApplications(environment = "local"): Promise<Application[]> {
  const selector = `--selector=mall/service,mall/environment=${environment}`;
  const answer = await kubectl([
    "--namespace=argocd",
    "get",
    "applications.argoproj.io",
    selector,
    "--output=json",
  ]);
  return applications.parse(JSON.parse(answer)).items.map(({ metadata, status }) => ({
    name: metadata.name,
    sync: status?.sync?.status ?? "Unknown",
    health: status?.health?.status ?? "Missing",
    revision: status?.sync?.revision ?? "",
    message: [
      ...(status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`),
      ...(status?.operationState?.phase === "Succeeded" ? [] : [status?.operationState?.message ?? ""]),
      status?.health?.message ?? "",
    ]
      .filter((text) => text !== "")
      .join("; "),
  }));
}

export const isWell = ({ sync, health }: Application): boolean => sync === "Synced" && health === "Healthy";

/** Resolves when all are Synced and Healthy at the commit; tells every change on the way. */
export async function allWell(
  count: number,
  {
    commit,
    timeoutMs,
    environment,
    onChange,
  }: {
    commit: string;
    timeoutMs: number;
    environment?: string;
    onChange?: (application: Application) => void;
  },
): Promise<void> {
  const told = new Map<string, string>();
  await waitFor(
    `${count} Applications Synced and Healthy`,
    async () => {
      const all = await readApplications(environment);
      for (const application of all) {
        const { name, sync, health } = application;
        if (told.get(name) !== `${sync} ${health}`) onChange?.(application);
        told.set(name, `${sync} ${health}`);
      }
      return all.length === count && all.every((each) => isWell(each) && each.revision === commit);
    },
    { timeoutMs, everyMs: 1_000 },
  );
}
