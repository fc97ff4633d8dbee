import type { Backend } from "../backend.ts";
import { allWell, readApplications } from "../deliver/applications.ts";
import { applicationCount, deliverWorkTree } from "../deliver/first-delivery.ts";
import { headOfServed } from "../git/repository.ts";
import { say, step } from "../machine/progress.ts";

/** From nothing to every Application Synced and Healthy. */
export async function up(backend: Backend): Promise<void> {
  const missing = await backend.missing();
  if (missing.length > 0)
    throw new Error(["This machine cannot run a cluster yet:", ...missing].join("\n  "));
  for (const need of await backend.needs()) say(need);
  await backend.up();
  await backend.installPlatform();
  await deliverWorkTree(backend);
  const commit = await headOfServed();
  const onChange = ({ name, sync, health }: { name: string; sync: string; health: string }) =>
    say(`${name}: ${sync}, ${health}`);
  await step("every Application is Synced and Healthy", () =>
    allWell(applicationCount(), { commit, timeoutMs: 20 * 60_000, onChange }),
  ).catch(async (error: unknown) => {
    for (const { name, message } of await readApplications()) if (message !== "") say(`${name}: ${message}`);
    throw error;
  });
  say(`The storefront: ${(await backend.addresses()).storefront}`);
}
