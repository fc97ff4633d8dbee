import type { JSX } from "preact";

/** To the right for slower, to the left for faster; the sign says the same. */
export function DeltaBar({
  delta,
  largest,
  text,
}: {
  delta: number;
  largest: number;
  text: string;
}): JSX.Element {
  const length = largest === 0 ? 0 : (Math.abs(delta) / largest) * 50;
  return (
    <span class="delta">
      <span class="delta-track" aria-hidden="true">
        <span
          class={delta > 0 ? "delta-slower" : "delta-faster"}
          style={{ left: `${delta > 0 ? 50 : 50 - length}%`, width: `${length}%` }}
        />
      </span>
      <span class="number">{text}</span>
    </span>
  );
}
