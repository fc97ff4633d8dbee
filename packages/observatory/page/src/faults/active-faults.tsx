import type { JSX } from "preact";
import { useFaults } from "./use-faults.ts";

/** On every view, until they are off: whoever wonders at a red edge must see that it is made. */
export function ActiveFaults(): JSX.Element | null {
  const { faults, change } = useFaults();
  const on = faults?.flags.filter((flag) => flag.on) ?? [];
  if (on.length === 0) return null;
  return (
    <section class="active-faults" aria-label="Faults that are on" data-testid="active-faults">
      <ul>
        {on.map(({ key, current, off, description, lookAt }) => (
          <li key={key}>
            <p>
              <span aria-hidden="true">◆ </span>
              <b>
                {key} = {current}
              </b>{" "}
              {description} <span class="quiet">Look at: {lookAt}</span>
            </p>
            <button
              type="button"
              class="button button-quiet"
              onClick={() => void change({ flag: key, variant: off })}
              aria-label={`Switch ${key} off`}
            >
              Switch off
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
