import type { FieldProblem } from "../forms/field-problem.ts";
import { useView } from "../view.ts";

interface FieldProps {
  /** Also the id, so it must be the only field of its name on the page. */
  name: string;
  label: string;
  value: string;
  problem?: FieldProblem | undefined;
}

interface TextFieldProps extends FieldProps {
  type?: "text" | "email";
  /** What browsers may fill in, by the tokens of the HTML standard. */
  autocomplete: string;
  maxLength: number;
}

export function TextField({ type = "text", autocomplete, maxLength, ...field }: TextFieldProps) {
  const { name, value } = field;
  const attributes = { id: name, name, value, autocomplete, maxLength, required: true, ...explained(field) };
  return (
    <Labelled {...field}>
      {type === "email" ? <input type="email" {...attributes} /> : <input type="text" {...attributes} />}
    </Labelled>
  );
}

interface SelectFieldProps extends FieldProps {
  autocomplete?: string;
  options: readonly { value: string; text: string }[];
  /** Stands first and chooses nothing. */
  placeholder?: string;
}

export const SelectField = ({ autocomplete, options, placeholder, ...field }: SelectFieldProps) => (
  <Labelled {...field}>
    <select id={field.name} name={field.name} autocomplete={autocomplete} required {...explained(field)}>
      {placeholder && <option value="">{placeholder}</option>}
      {options.map(({ value, text }) => (
        <option key={value} value={value} selected={value === field.value}>
          {text}
        </option>
      ))}
    </select>
  </Labelled>
);

function Labelled({ name, label, problem, children }: FieldProps & { children: preact.ComponentChildren }) {
  return (
    <div class={problem ? "field field-wrong" : "field"}>
      <label for={name}>{label}</label>
      {children}
      <ProblemText name={name} problem={problem} />
    </div>
  );
}

/** The sentence that `explained` points to. */
export function ProblemText({ name, problem }: Pick<FieldProps, "name" | "problem">) {
  const { t } = useView();
  return problem ? (
    <p class="field-problem" id={`${name}-problem`}>
      {t.form.problems[problem]}
    </p>
  ) : null;
}

/** Ties a control to the text of its problem, for those who do not see the page. */
export const explained = ({ name, problem }: Pick<FieldProps, "name" | "problem">) =>
  problem ? { "aria-invalid": "true" as const, "aria-describedby": `${name}-problem` } : {};
