import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import { queryPrometheus } from "../prometheus.ts";
import { minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { readTraces } from "../traces.ts";
import { mallNamespace } from "../watch-service.ts";

const faults = "overlays/local/platform/faults/kustomization.yaml";
/** As the file's own comment says how to. */
const halfOfPurchaseFails = `replacements:
  - sourceValue: half
    targets:
      - select:
          kind: ConfigMap
          name: mall-faults
        fieldPaths:
          - data.faults\\.flagd\\.json.flags.purchase\\.error-ratio.defaultVariant
`;
const counted = (codes: string): string =>
  `sum(rate(http_server_request_duration_seconds_count{namespace="${mallNamespace}",service="purchase",http_response_status_code=~"${codes}"}[20s]))`;
const errorShare = `(${counted("5..")} or vector(0)) / ${counted(".+")}`;
/** The kubelet brings a changed ConfigMap to the pods within about a minute. */
const untilNoticedMs = 3 * minute;

export const faultByCommit: Scenario = {
  name: "fault-by-commit",
  title:
    "A fault that is switched on by a commit is seen in the metrics, found in a trace, and ended by a revert",

  async run(world) {
    await warmUp(world);
    const share = () => queryPrometheus(world.addresses.prometheus, errorShare);
    const push = await world.change("Let half of the answers of purchase fail", {
      [faults]: (text) => text.replace("replacements: []\n", halfOfPurchaseFails),
    });
    await waitFor("purchase's failures in the metrics", async () => ((await share()) ?? 0) > 0.3, {
      timeoutMs: untilNoticedMs,
    });
    const seenAt = world.timeline.note("e2e", "the metrics show it");
    const traces = readTraces(world.addresses.observatory);
    const named = await waitFor(
      "a failed trace whose root cause is purchase",
      async () => {
        const found = await traces.find({ errors: "true", service: "purchase", limit: "20" });
        const read = await Promise.all(found.map((id) => traces.read(id)));
        return read.find((trace) => trace?.rootCause?.service === "purchase")?.rootCause ?? false;
      },
      { timeoutMs: minute, everyMs: 2_000 },
    );

    const revert = await world.revert(push.commit);
    await waitFor("purchase's recovery in the metrics", async () => ((await share()) ?? 0) < 0.01, {
      timeoutMs: untilNoticedMs,
    });

    Object.assign(world.figures, {
      "push to seen in the metrics": seconds(push.at, seenAt),
      "root cause in a trace": `${named.service}: ${named.operation}`,
      "revert to recovered": seconds(revert.at, world.timeline.now()),
    });
    expect(named.operation.includes("/charges"), `the trace names the operation (${named.operation})`);
  },
};
