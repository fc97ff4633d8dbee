import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { navigate, promqlHref, withQuery, type Address } from "../frame/address.ts";
import { submittedForm } from "../frame/submitted-form.ts";
import { EXAMPLES } from "./examples.ts";
import { TIME_SPANS, timeSpanOf } from "./time-spans.ts";

/** The query is the address, so that it can be sent to somebody. Enter asks; Shift+Enter is a new line. */
export function QueryForm({ address }: { address: Address }): JSX.Element {
  const hint = useId();
  const query = address.query.get("query") ?? "";
  const span = timeSpanOf(address.query.get("last"));

  function submit(event: Event): void {
    const { text } = submittedForm(event);
    navigate(withQuery(address, { query: text("query"), last: text("last") }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (event.currentTarget instanceof HTMLTextAreaElement) event.currentTarget.form?.requestSubmit();
  }

  return (
    <>
      <form class="filters query-form" aria-label="Query" key={`${query} ${span}`} onSubmit={submit}>
        <label class="query">
          Query
          <textarea
            name="query"
            rows={Math.min(8, Math.max(2, query.split("\n").length))}
            defaultValue={query}
            spellcheck={false}
            required
            aria-describedby={hint}
            onKeyDown={onKeyDown}
          />
        </label>
        <label class="short">
          Plot the last
          <select name="last" defaultValue={String(span)}>
            {TIME_SPANS.map(([name, ms]) => (
              <option key={ms} value={ms} selected={ms === span}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button class="button" type="submit">
          Ask
        </button>
        <p id={hint} class="quiet">
          The part of PromQL that the mall’s rules use; what is not supported is named. Shift+Enter begins a
          new line.
        </p>
      </form>
      <details class="examples" open={query === ""}>
        <summary>Examples</summary>
        <ul>
          {EXAMPLES.map(([question, example]) => (
            <li key={example}>
              <a href={promqlHref(example)}>{question}</a> <code>{example}</code>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
