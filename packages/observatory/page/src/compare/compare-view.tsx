import type { JSX } from "preact";
import type { Comparison } from "../../../src/api-types.ts";
import { navigate, withQuery, type Address } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { submittedForm } from "../frame/submitted-form.ts";
import { useTitle } from "../frame/use-title.ts";
import { useAnswer } from "../live/use-answer.ts";
import { ComparisonHead } from "./comparison-head.tsx";
import { ComparisonTable } from "./comparison-table.tsx";
import { PathDifference } from "./path-difference.tsx";

export function CompareView({ address }: { address: Address }): JSX.Element {
  useTitle("Compare");
  const a = address.query.get("a") ?? "";
  const b = address.query.get("b") ?? "";
  const chosen = a !== "" && b !== "";
  const { body, problem } = useAnswer<Comparison>(
    chosen ? `/api/compare?${new URLSearchParams({ a, b }).toString()}` : null,
  );
  return (
    <>
      <div class="view-head">
        <h1>Compare two traces</h1>
      </div>
      <ChooseTraces key={`${a} ${b}`} address={address} a={a} b={b} />
      {chosen ? <ProblemNotice problem={problem} /> : null}
      {body === null || !chosen ? null : (
        <>
          <ComparisonHead {...body} />
          <Panel
            title="Where the time differs"
            cluster={{ tool: "Jaeger", query: `/trace/${a} and /trace/${b} › Critical Path on` }}
          >
            <PathDifference services={body.services} />
          </Panel>
          <Panel title="Span by span" cluster={{ tool: "Jaeger", query: `/trace/${a}...${b}` }}>
            <ComparisonTable rows={body.rows} />
          </Panel>
        </>
      )}
    </>
  );
}

function ChooseTraces({ address, a, b }: { address: Address; a: string; b: string }): JSX.Element {
  function submit(event: Event): void {
    const { text } = submittedForm(event);
    navigate(withQuery(address, { a: text("a"), b: text("b") }));
  }
  return (
    <form class="filters" aria-label="Traces to compare" onSubmit={submit}>
      <label class="wide">
        Trace A, the usual one
        <input name="a" defaultValue={a} required spellcheck={false} placeholder="32 hexadecimal digits" />
      </label>
      <label class="wide">
        Trace B
        <input name="b" defaultValue={b} required spellcheck={false} placeholder="32 hexadecimal digits" />
      </label>
      <button class="button" type="submit">
        Compare
      </button>
      {a === "" || b === "" ? (
        <p class="quiet">
          Easier: open a trace from the <a href="/traces">list</a> and press “Compare with a usual one”.
        </p>
      ) : (
        <a href={withQuery(address, { a: b, b: a })}>Swap A and B</a>
      )}
    </form>
  );
}
