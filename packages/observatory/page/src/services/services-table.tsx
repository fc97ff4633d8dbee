import type { JSX } from "preact";
import type { ServiceRow } from "../../../src/api-types.ts";
import { serviceHref, tracesHref } from "../frame/address.ts";
import { HealthMark } from "../format/health-mark.tsx";
import { ServiceName } from "../format/service-name.tsx";
import { RedCells, RedHead } from "./red-cells.tsx";

/** Rate, errors and duration of every service, with ten minutes of each. */
export function ServicesTable({ services }: { services: readonly ServiceRow[] }): JSX.Element {
  if (services.length === 0) return <p class="quiet">No service has answered a request yet.</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Services table">
      <table class="red-table">
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Health</th>
            <RedHead />
            <th scope="col">Show</th>
          </tr>
        </thead>
        <tbody>
          {services.map((row) => (
            <tr key={row.service} data-service={row.service}>
              <th scope="row">
                <a href={serviceHref(row.service)}>
                  <ServiceName service={row.service} />
                </a>
              </th>
              <td>
                <HealthMark health={row.health} />
              </td>
              <RedCells row={row} />
              <td class="row-links">
                <a href={tracesHref({ service: row.service })} aria-label={`Traces of ${row.service}`}>
                  traces
                </a>
                <a
                  href={tracesHref({ service: row.service, errors: "true" })}
                  aria-label={`Failed traces of ${row.service}`}
                >
                  failed
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
