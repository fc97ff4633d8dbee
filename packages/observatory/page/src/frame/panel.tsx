import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

export type ClusterQuery = {
  readonly tool: "Jaeger" | "Kiali" | "Grafana" | "Prometheus" | "Git";
  readonly query: string;
};

type PanelProps = {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly class?: string;
  /** Where the deployed mall shows the same. */
  readonly cluster?: ClusterQuery;
  readonly actions?: ComponentChildren;
};

export function Panel({ title, children, cluster, actions, class: extra = "" }: PanelProps): JSX.Element {
  const heading = useId();
  return (
    <section class={`panel ${extra}`} aria-labelledby={heading}>
      <div class="panel-head">
        <h2 id={heading}>{title}</h2>
        {actions}
      </div>
      {children}
      {cluster === undefined ? null : <InCluster {...cluster} />}
    </section>
  );
}

export const InCluster = ({ tool, query }: ClusterQuery): JSX.Element => (
  <details class="cluster">
    <summary>The same in the cluster</summary>
    <p>
      {tool}: <code>{query}</code>
    </p>
  </details>
);
