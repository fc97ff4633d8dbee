import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { submittedForm } from "../frame/submitted-form.ts";
import { useLive } from "../live/live-feed.ts";

/** Parameters of the address that the API understands as well. */
export const FILTERS: ReadonlySet<string> = new Set([
  "service",
  "route",
  "minMs",
  "maxMs",
  "errors",
  "cause",
  "attr",
  "from",
  "to",
]);

type TraceFiltersProps = {
  readonly query: URLSearchParams;
  readonly onChange: (changes: Record<string, string>) => void;
};

export function TraceFilters({ query, onChange }: TraceFiltersProps): JSX.Element {
  const { snapshot } = useLive();
  const services = useId();
  const value = (name: string): string => query.get(name) ?? "";

  function submit(event: Event): void {
    const { text, has } = submittedForm(event);
    onChange({
      service: text("service"),
      route: text("route"),
      minMs: text("minMs"),
      maxMs: text("maxMs"),
      attr: text("attr"),
      errors: has("errors") ? "true" : "",
      cause: text("cause"),
      from: has("period") ? value("from") : "",
      to: has("period") ? value("to") : "",
    });
  }

  return (
    <form class="filters" role="search" aria-label="Filter traces" onSubmit={submit}>
      <label>
        Service
        <input name="service" list={services} defaultValue={value("service")} placeholder="any" />
      </label>
      <datalist id={services}>
        {snapshot?.services.map(({ service }) => (
          <option key={service} value={service} />
        ))}
      </datalist>
      <label class="wide">
        Route or operation
        <input name="route" defaultValue={value("route")} placeholder="POST /orders" />
      </label>
      <label class="short">
        At least, ms
        <input name="minMs" type="number" min="0" step="any" defaultValue={value("minMs")} />
      </label>
      <label class="short">
        At most, ms
        <input name="maxMs" type="number" min="0" step="any" defaultValue={value("maxMs")} />
      </label>
      <label class="wide">
        Attribute
        <input name="attr" defaultValue={value("attr")} placeholder="mall.order.id=…  or only a key" />
      </label>
      <label class="check">
        <input name="errors" type="checkbox" defaultChecked={value("errors") === "true"} />
        With errors
      </label>
      <label>
        Cause is in
        <input name="cause" list={services} defaultValue={value("cause")} placeholder="any service" />
      </label>
      {query.has("from") || query.has("to") ? (
        <label class="check">
          <input name="period" type="checkbox" defaultChecked />
          Only the chosen period
        </label>
      ) : null}
      <button class="button" type="submit">
        Search
      </button>
      <a href="/traces">Clear</a>
    </form>
  );
}
