import type { JSX } from "preact";
import { CLOCK_TOLERANCE_MS } from "../../../src/analysis/clock-tolerance.ts";
import type { CriticalPath, PathAssumption } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { formatNs, formatShare } from "../format/quantities.ts";
import { serviceColour } from "../format/service-colour.ts";
import { ServiceName } from "../format/service-name.tsx";

const ASSUMPTIONS: Record<PathAssumption, string> = {
  "clock-skew": `clocks disagree (by more than ${CLOCK_TOLERANCE_MS.early} ms at a beginning or ${CLOCK_TOLERANCE_MS.late} ms at an end); spans were moved into their parents to find it`,
  "no-root": "the root is missing, so it is that of the longest part",
  "missing-spans": "spans are missing; what they did counts as their parents' own time",
  cycle: "spans that name each other as parents were cut apart",
  truncated: "the trace is longer than what is kept of it",
  "async-left-out": "work that nobody waited for is left out",
};

/** Which service the request was waiting for, and how long. */
export function CriticalPathSummary({
  path,
  traceId,
}: {
  path: CriticalPath | null;
  traceId: string;
}): JSX.Element {
  return (
    <Panel
      title="Time on the critical path"
      cluster={{ tool: "Jaeger", query: `/trace/${traceId} › Critical Path on` }}
    >
      {path === null || path.segments.length === 0 ? (
        <p class="notice">No critical path can be drawn: no span of this trace has a duration.</p>
      ) : (
        <>
          <div class="path-strip" aria-hidden="true">
            {path.services.map(({ service, share }) => (
              <span
                key={service}
                class={serviceColour(service)}
                style={{ flexGrow: share }}
                title={service}
              />
            ))}
          </div>
          <table class="path-table" data-testid="critical-path">
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col" class="number">
                  Time
                </th>
                <th scope="col" class="number">
                  Share
                </th>
              </tr>
            </thead>
            <tbody>
              {path.services.map(({ service, timeNs, share }) => (
                <tr key={service}>
                  <th scope="row">
                    <ServiceName service={service} />
                  </th>
                  <td class="number">{formatNs(timeNs)}</td>
                  <td class="number">{formatShare(share)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="quiet">
            {formatNs(path.durationNs)} in all, concluded from timing alone
            {path.assumptions.map((assumption) => `; ${ASSUMPTIONS[assumption]}`)}.
          </p>
        </>
      )}
    </Panel>
  );
}
