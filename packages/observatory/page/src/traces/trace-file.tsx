import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { navigate, traceHref } from "../frame/address.ts";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { importTrace, toProblem, type ApiProblem } from "../live/api.ts";

/** Opens a trace that somebody sent: the OTLP JSON file of the export. */
export function TraceFile(): JSX.Element {
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function open(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    setProblem(null);
    try {
      const { traceIds } = await importTrace(await file.text());
      const [traceId] = traceIds;
      if (traceId !== undefined) navigate(traceHref(traceId));
    } catch (cause) {
      setProblem(toProblem(cause));
    } finally {
      input.value = "";
    }
  }

  return (
    <div class="trace-file">
      <label class="file-button">
        Open a trace file
        <input
          type="file"
          accept=".json,application/json"
          class="visually-hidden"
          onChange={({ currentTarget }) => void open(currentTarget)}
        />
      </label>
      <ProblemNotice problem={problem} />
    </div>
  );
}
