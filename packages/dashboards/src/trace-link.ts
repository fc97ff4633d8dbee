import {
  type DashboardLinkBuilder as Link,
  DashboardLinkBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";

interface Search {
  /** As in the traces; Grafana's variables may stand for it. */
  readonly service: string;
  readonly operation?: string;
  /** Jaeger's logfmt, beside the environment: `error=true`. */
  readonly tags?: string;
}

/** From a series to its traces of the time shown: a search in the data source that `traces` names. */
export function traceLink(title: string, { service, operation, tags }: Search): Link {
  const query = {
    refId: "A",
    queryType: "search",
    service,
    ...(operation && { operation }),
    tags: ["k8s.namespace.name=${namespace}", tags].filter(Boolean).join(" "),
    limit: 20,
  };
  const pane = { datasource: "${traces}", queries: [query], range: { from: "${__from}", to: "${__to}" } };
  return new DashboardLinkBuilder(title)
    .url(`/explore?schemaVersion=1&panes=${encodeAround(JSON.stringify({ traces: pane }))}`)
    .targetBlank(true);
}

/** Encodes all but Grafana's variables, which it looks for in the address as it is written. */
const encodeAround = (text: string): string =>
  encodeURIComponent(text).replaceAll(/%24%7B([\w.]+)%7D/g, "${$1}");
