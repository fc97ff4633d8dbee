import type { Backend } from "../backend.ts";
import type { BrokenDelivery } from "./broken-delivery.ts";
import { headOfServed } from "../git/repository.ts";
import { sentence } from "../machine/sentence.ts";
import { listenAsGitHub } from "./github.ts";
import { connectToApi } from "./kubernetes-api.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { createTimeline, type TimelineEvent } from "./timeline.ts";
import { World } from "./world.ts";

interface Run {
  scenario: Scenario;
  /** What is broken on purpose before it begins. */
  broken?: BrokenDelivery | undefined;
  backend: Backend;
  onEvent: (event: TimelineEvent) => void;
}

/** Runs one scenario and puts everything back, whatever came of it. */
export async function runScenario({ scenario, broken, backend, onEvent }: Run): Promise<Outcome> {
  const timeline = createTimeline(onEvent);
  const api = await connectToApi();
  const [addresses, github] = await Promise.all([
    backend.addresses(),
    listenAsGitHub(await backend.hostAddress()),
  ]);
  const world = new World({ backend, api, addresses, timeline, github });
  const baseline = await headOfServed();
  const reasons: string[] = [];
  let mend: (() => Promise<void>) | undefined;
  try {
    if (broken) timeline.note("e2e", `breaks the delivery: ${broken.title}`);
    mend = await broken?.apply(world);
    await scenario.run(world);
  } catch (error) {
    reasons.push(sentence(error));
    timeline.note("e2e", sentence(error));
  }
  const seconds = timeline.now();
  for (const putBack of [mend, () => world.restore(baseline)]) {
    await putBack?.().catch((error: unknown) =>
      reasons.push(`It did not leave the cluster as it found it: ${sentence(error)}`),
    );
  }
  await Promise.all([api.close(), github.close()]);
  const verdict = reasons.length === 0 ? "passed" : "failed";
  return { scenario, broken, verdict, reason: reasons.join(" "), seconds, figures: world.figures, timeline };
}
