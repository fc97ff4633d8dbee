import type { JSX } from "preact";
import type { Health } from "../../../src/api-types.ts";
import { HealthShape } from "../format/health-mark.tsx";

/** A state in its own word, with the shape that the same gravity has everywhere on the page. */
export const StateMark = ({ health, word }: { health: Health; word: string }): JSX.Element => (
  <span class={`health health-${health}`}>
    <svg viewBox="-7 -7 14 14" aria-hidden="true">
      <HealthShape health={health} />
    </svg>
    {word}
  </span>
);
