import { mostOfOne } from "../clients/cart-client.ts";
import type { FieldProblem } from "../forms/field-problem.ts";
import { explained, ProblemText } from "./field.tsx";

interface QuantityFieldProps {
  id: string;
  label: string;
  value: string;
  problem?: FieldProblem | undefined;
  /** The label is there for screen readers only, where the place says it to everybody else. */
  labelHidden?: boolean;
}

export const QuantityField = ({ id, label, value, problem, labelHidden = false }: QuantityFieldProps) => (
  <div class={problem ? "field field-quantity field-wrong" : "field field-quantity"}>
    <label for={id} class={labelHidden ? "visually-hidden" : undefined}>
      {label}
    </label>
    <input
      id={id}
      name="quantity"
      type="number"
      inputMode="numeric"
      min="1"
      max={mostOfOne}
      required
      value={value}
      {...explained({ name: id, problem })}
    />
    <ProblemText name={id} problem={problem} />
  </div>
);
