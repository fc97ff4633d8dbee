import type { FieldProblems } from "../forms/field-problem.ts";
import { useView } from "../view.ts";
import { Notice } from "./notice.tsx";

interface ProblemSummaryProps {
  problems: FieldProblems;
  /** What each field is called. */
  labels: Readonly<Record<string, string>>;
}

/** Above a form that was not accepted: which fields to look at again, each a link to it. */
export function ProblemSummary({ problems, labels }: ProblemSummaryProps) {
  const { t } = useView();
  const wrong = Object.keys(problems).filter((field) => labels[field]);
  if (wrong.length === 0) return null;
  return (
    <Notice tone="problem" testId="problems">
      <p>{t.form.correct}</p>
      <ul>
        {wrong.map((field) => (
          <li key={field}>
            <a href={`#${field}`}>{labels[field]}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
