import type { JSX } from "preact";
import type { Comparison } from "../../../src/api-types.ts";
import { formatDelta, formatMs } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";
import { DeltaBar } from "./delta-bar.tsx";

/** Time on the critical path by service: the first line is where to look. */
export function PathDifference({ services }: Pick<Comparison, "services">): JSX.Element {
  const largest = Math.max(0, ...services.map(({ deltaMs }) => Math.abs(deltaMs)));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Critical path by service">
      <table>
        <thead>
          <tr>
            <th scope="col">Service on the critical path</th>
            <th scope="col" class="number">
              A
            </th>
            <th scope="col" class="number">
              B
            </th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {services.map(({ service, aMs, bMs, deltaMs }) => (
            <tr key={service}>
              <th scope="row">
                <ServiceName service={service} />
              </th>
              <td class="number">{formatMs(aMs)}</td>
              <td class="number">{formatMs(bMs)}</td>
              <td>
                <DeltaBar delta={deltaMs} largest={largest} text={formatDelta(deltaMs)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
