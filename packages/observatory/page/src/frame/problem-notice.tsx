import type { JSX } from "preact";
import type { ApiProblem } from "../live/api.ts";

export const ProblemNotice = ({ problem }: { problem: ApiProblem | null }): JSX.Element | null =>
  problem === null ? null : (
    <p class="notice notice-problem" role="alert">
      {problem.message}
    </p>
  );
