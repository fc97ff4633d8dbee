import type { JSX } from "preact";
import { ActiveFaults } from "../faults/active-faults.tsx";
import { ConnectionState } from "../live/connection-state.tsx";

const VIEWS = [
  ["/", "Overview"],
  ["/traces", "Traces"],
  ["/latency", "Latency"],
  ["/compare", "Compare"],
  ["/promql", "PromQL"],
  ["/faults", "Faults"],
] as const;

export function Masthead({ path }: { path: string }): JSX.Element {
  return (
    <header class="masthead">
      <div class="masthead-bar">
        <a class="brand" href="/">
          Observatory
        </a>
        <nav aria-label="Views">
          <ul>
            {VIEWS.map(([href, name]) => (
              <li key={href}>
                <a href={href} aria-current={isWithin(path, href) ? "page" : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ConnectionState />
      </div>
      <ActiveFaults />
    </header>
  );
}

const isWithin = (path: string, href: string): boolean =>
  href === "/" ? path === "/" || path.startsWith("/services/") : path === href || path.startsWith(`${href}/`);
