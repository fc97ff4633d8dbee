import type { JSX } from "preact";
import type { Graph } from "../../../src/api-types.ts";
import { HealthMark } from "../format/health-mark.tsx";
import { formatMs, formatRate, formatShare } from "../format/quantities.ts";

/** The same for those who cannot see a drawing, or want to compare figures. */
export function EdgeTable({ graph: { nodes, edges } }: { graph: Graph }): JSX.Element {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return (
    <details class="edge-table">
      <summary>The {edges.length} connections as a table</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label="Connections table">
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">By</th>
              <th scope="col">Health</th>
              <th scope="col" class="number">
                Rate
              </th>
              <th scope="col" class="number">
                Errors
              </th>
              <th scope="col" class="number">
                p95
              </th>
            </tr>
          </thead>
          <tbody>
            {edges.map(({ id, source, target, mode, health, stats, delayMs }) => (
              <tr key={id}>
                <td>{names.get(source) ?? source}</td>
                <td>{names.get(target) ?? target}</td>
                <td>{mode === "sync" ? "call" : "queue"}</td>
                <td>
                  <HealthMark health={health} />
                </td>
                <td class="number" title={delayMs > 0 ? `known ${delayMs / 1000} s late` : undefined}>
                  {formatRate(stats.rate)}
                </td>
                <td class="number">{formatShare(stats.errorShare)}</td>
                <td class="number">{formatMs(stats.p95Ms)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
