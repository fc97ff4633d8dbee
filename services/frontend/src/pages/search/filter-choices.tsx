import { useView } from "../../view.ts";

interface ChoiceProps {
  legend: string;
  name: string;
  chosen: string;
  options: readonly { value: string; text: string; count: number }[];
}

/** One of several, or all. */
export function Choice({ legend, name, chosen, options }: ChoiceProps) {
  const { t } = useView();
  // A choice that finds nothing is no choice, unless it is the one that was made.
  const shown = options.filter(({ value, count }) => count > 0 || value === chosen);
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div class="choices">
        <label class="choice">
          <input type="radio" name={name} value="" checked={chosen === ""} />
          <span>{t.search.any}</span>
        </label>
        {shown.map(({ value, text, count }) => (
          <label key={value} class="choice">
            <input type="radio" name={name} value={value} checked={value === chosen} />
            <span>{text}</span>
            <span class="choice-count">{count}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface BoxProps {
  name: string;
  text: string;
  count: number;
  checked: "yes" | "";
}

/** Yes, or never mind. */
export const Box = ({ name, text, count, checked }: BoxProps) => (
  <label class="choice">
    <input type="checkbox" name={name} value="yes" checked={checked === "yes"} />
    <span>{text}</span>
    <span class="choice-count">{count}</span>
  </label>
);
