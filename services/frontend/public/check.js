/**
 * Checks a form's fields as they are left, in the page's language: a browser's own bubbles speak the browser's. The
 * server checks everything again and says the same, so nothing depends on this.
 */
for (const form of document.querySelectorAll("form[data-check]")) checkInPlace(form);

function checkInPlace(form) {
  form.noValidate = true;
  // Nobody is told off for a field that they have only passed by.
  form.addEventListener("focusout", ({ target }) => {
    if (target.willValidate && target.type !== "radio" && (target.value || isMarked(target)))
      tell(form, target);
  });
  for (const type of ["input", "change"])
    form.addEventListener(type, ({ target }) => {
      if (isMarked(target) && target.validity.valid) tell(form, target);
    });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formNoValidate) return;
    const fields = [...form.elements].filter((field) => field.matches("input, select") && field.willValidate);
    const [first] = fields.filter((field) => !tell(form, field));
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
}

const isMarked = (field) => field.getAttribute("aria-invalid") === "true";

/** Writes what is wrong with a field below it, or takes that away. Answers whether it is right. */
function tell(form, field) {
  const id = `${field.name}-problem`;
  const problem = problemOf(form, field);
  const place = field.type === "radio" ? field.closest("fieldset") : field.closest(".field");
  if (!place) return true; // a box to tick: nothing can be wrong with it
  place.querySelector(`#${id}`)?.remove();
  place.classList.toggle("field-wrong", problem !== undefined && field.type !== "radio");
  for (const each of field.type === "radio" ? form.elements[field.name] : [field]) {
    if (problem) each.setAttribute("aria-invalid", "true");
    else each.removeAttribute("aria-invalid");
    if (problem) each.setAttribute("aria-describedby", id);
    else each.removeAttribute("aria-describedby");
  }
  if (!problem) return true;
  const text = Object.assign(document.createElement("p"), { className: "field-problem", id });
  text.textContent = problem;
  if (field.type === "radio") place.querySelector(".choice").before(text);
  else place.append(text);
  return false;
}

function problemOf({ dataset }, { type, validity }) {
  if (validity.valid) return undefined;
  if (type === "radio") return dataset.problemCard;
  if (validity.valueMissing) return type === "number" ? dataset.problemQuantity : dataset.problemRequired;
  return type === "email" ? dataset.problemEmail : dataset.problemQuantity;
}
