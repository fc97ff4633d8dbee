import type { JSX } from "preact";
import type { FaultFlag } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { useTitle } from "../frame/use-title.ts";
import { FaultSwitch } from "./fault-switch.tsx";
import { useFaults } from "./use-faults.ts";

export function FaultsView(): JSX.Element {
  useTitle("Faults");
  const { faults, problem } = useFaults();
  return (
    <>
      <div class="view-head">
        <h1>Faults</h1>
        <p class="quiet">Break something, then find it in the graph and the traces.</p>
      </div>
      <ProblemNotice problem={problem} />
      {faults === null ? <p class="quiet">Asking…</p> : null}
      {faults !== null && !faults.available ? (
        <p class="notice">
          There is no fault file here. The mall sets one (FAULTS_FILE) when it starts the observatory.
        </p>
      ) : null}
      <div class="fault-groups">
        {[...Map.groupBy(faults?.flags ?? [], groupOf)].map(([group, flags]) => (
          <Panel
            key={group}
            title={group}
            class="fault-group"
            cluster={{ tool: "Git", query: `ConfigMap of the faults › ${group}.… › defaultVariant` }}
          >
            {flags.map((flag) => (
              <FaultSwitch key={flag.key} flag={flag} />
            ))}
          </Panel>
        ))}
      </div>
      {faults?.available === true ? (
        <p class="quiet">
          In the cluster the same file is a ConfigMap: there, a fault is a commit of{" "}
          <code>defaultVariant</code>.
        </p>
      ) : null}
    </>
  );
}

/** `cart.latency` is a fault of cart. */
const groupOf = ({ key }: FaultFlag): string => key.split(".", 1)[0] ?? key;
