import type { Backend } from "../backend.ts";
import { headOfServed } from "../git/repository.ts";
import { sentence } from "../machine/sentence.ts";
import { listenAsGitHub } from "./github.ts";
import { connectToApi } from "./kubernetes-api.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { createTimeline, type TimelineEvent } from "./timeline.ts";
import { World } from "./world.ts";

/** Runs one scenario and puts everything back, whatever came of it. */
export async function runScenario(
  scenario: Scenario,
  backend: Backend,
  onEvent: (event: TimelineEvent) => void,
): Promise<Outcome> {
  const timeline = createTimeline(onEvent);
  const api = await connectToApi();
  const [addresses, github] = await Promise.all([
    backend.addresses(),
    listenAsGitHub(await backend.hostAddress()),
  ]);
  const world = new World({ backend, api, addresses, timeline, github });
  const baseline = await headOfServed();
  const reasons: string[] = [];
  await scenario.run(world).catch((error: unknown) => {
    reasons.push(sentence(error));
    timeline.note("e2e", sentence(error));
  });
  const seconds = timeline.now();
  await world
    .restore(baseline)
    .catch((error: unknown) =>
      reasons.push(`It did not leave the cluster as it found it: ${sentence(error)}`),
    );
  await Promise.all([api.close(), github.close()]);
  const verdict = reasons.length === 0 ? "passed" : "failed";
  return { scenario, verdict, reason: reasons.join(" "), seconds, figures: world.figures, timeline };
}
