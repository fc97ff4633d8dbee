import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { FaultFlag } from "../../../src/api-types.ts";
import { useFaults } from "./use-faults.ts";

/** The variants of one fault as a row of choices; changing one writes the file at once. */
export function FaultSwitch({ flag }: { flag: FaultFlag }): JSX.Element {
  const { change } = useFaults();
  const description = useId();
  const { key, variants, current, enabled, on, off, lookAt } = flag;
  const inForce = enabled ? current : off;
  return (
    <fieldset class={`fault${on ? " fault-on" : ""}`} aria-describedby={description} data-fault={key}>
      <legend>{key.slice(key.indexOf(".") + 1).replaceAll("-", " ")}</legend>
      <div class="choices">
        {variants.map((variant) => (
          <label key={variant}>
            <input
              type="radio"
              name={key}
              value={variant}
              checked={variant === inForce}
              onChange={() => void change({ flag: key, variant })}
            />
            <span>{variant}</span>
          </label>
        ))}
      </div>
      <p id={description} class="quiet">
        {flag.description}{" "}
        {lookAt === "" ? null : <span class={on ? "look-at" : undefined}>Look at: {lookAt}</span>}
      </p>
    </fieldset>
  );
}
