/**
 * Suggests products while somebody types into the search: a combobox with a list, as the ARIA Authoring Practices
 * describe it. Without this script the field searches as ever. `causedBy` is for trace.js.
 */
const input = document.querySelector("#q");
const list = document.querySelector("#suggestions");
const pauseMs = 150;
let timer;
let asked;
let active = -1;

if (input && list) {
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  }))
    input.setAttribute(name, value);
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => void suggest(event), pauseMs);
  });
  input.addEventListener("keydown", moveByKey);
  // Not when the list itself is being clicked.
  input.addEventListener("blur", ({ relatedTarget }) => {
    if (!list.contains(relatedTarget)) show([]);
  });
}

async function suggest(causedBy) {
  asked?.abort();
  asked = new AbortController();
  const words = input.value.trim();
  if (!words) return show([]);
  try {
    const answer = await fetch(`/suggest?q=${encodeURIComponent(words)}`, { signal: asked.signal, causedBy });
    if (answer.ok && document.activeElement === input) show((await answer.json()).items);
  } catch {
    // Overtaken by the next letter, or offline: what was suggested stays.
  }
}

function show(items) {
  active = -1;
  list.replaceChildren(...items.map(toOption));
  list.hidden = items.length === 0;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

function toOption({ text, slug, image }, at) {
  const option = document.createElement("a");
  Object.assign(option, { id: `suggestion-${at}`, href: `/products/${slug}`, tabIndex: -1 });
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  const picture = Object.assign(new Image(40, 40), { src: image, alt: "" });
  option.append(picture, text);
  return option;
}

function moveByKey(event) {
  const { key } = event;
  const count = list.children.length;
  if (key === "Escape" && count > 0) {
    event.preventDefault();
    show([]);
  } else if ((key === "ArrowDown" || key === "ArrowUp") && count > 0) {
    event.preventDefault();
    // Beyond either end stands the field itself: -1.
    const step = key === "ArrowDown" ? 1 : -1;
    choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
  } else if (key === "Enter" && active >= 0) {
    event.preventDefault();
    list.children[active].click();
  }
}

function choose(at) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = at;
  const option = list.children[active];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}
