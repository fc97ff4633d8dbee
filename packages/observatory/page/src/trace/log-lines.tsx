import type { JSX } from "preact";
import type { LogLine } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { formatDelta } from "../format/quantities.ts";
import { ServiceName } from "../format/service-name.tsx";

type LogLinesProps = {
  readonly lines: readonly LogLine[];
  readonly startMs: number;
  readonly onChoose: (spanId: string) => void;
};

export function LogLines({ lines, startMs, onChoose }: LogLinesProps): JSX.Element | null {
  if (lines.length === 0) return null;
  return (
    <Panel
      title="Log lines"
      cluster={{ tool: "Grafana", query: `{namespace="mall"} | trace_id="${lines[0]?.traceId ?? ""}"` }}
    >
      <div class="scroll" tabIndex={0} role="region" aria-label="Log lines table">
        <table class="log-table">
          <thead>
            <tr>
              <th scope="col" class="number">
                After
              </th>
              <th scope="col">Service</th>
              <th scope="col">Severity</th>
              <th scope="col">Line</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <tr key={at} class={/error|fatal/i.test(line.severity) ? "log-error" : undefined}>
                <td class="number nowrap">{formatDelta(line.timeMs - startMs)}</td>
                <td>
                  <ServiceName service={line.service} />
                </td>
                <td>{line.severity}</td>
                <td class="log-body">
                  {line.body}{" "}
                  {line.spanId === "" ? null : (
                    <button type="button" class="button-link" onClick={() => onChoose(line.spanId)}>
                      its span
                    </button>
                  )}
                  <span class="quiet">{line.attributes.map(([key, value]) => ` ${key}=${value}`)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
