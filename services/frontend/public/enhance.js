/**
 * What makes the shop quicker to use; every page works without it. Each form is submitted as its own button would do.
 * `causedBy` is for trace.js; a browser that does not run that knows no such option and passes over it.
 */

for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

for (const form of document.querySelectorAll("form[data-checkout]")) {
  const priceMakers = new Set(["country", "postalCode", "currency", "quantity"]);
  form.addEventListener("change", (event) => {
    if (priceMakers.has(event.target.name)) void updateTotal(form, event);
  });
  // The server makes one order of two posts anyway; this only spares the shopper the doubt.
  form.addEventListener("submit", ({ submitter, defaultPrevented }) => {
    if (submitter && !defaultPrevented) setTimeout(() => (submitter.disabled = true));
  });
}

/** Puts the total of what is typed now in the place of the old one, without leaving the form. */
async function updateTotal(form, causedBy) {
  const button = form.querySelector("[data-update]");
  const body = new URLSearchParams(new FormData(form, button));
  try {
    const answer = await fetch(form.action, { method: "POST", body, causedBy });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.status === 200)
      form.querySelector("[data-quote]").replaceWith(page.querySelector("[data-quote]"));
    // Something is wrong with what was typed: the page itself says what.
    else form.requestSubmit(button);
  } catch {
    // Offline for a moment: the server compares the totals again before it orders anything.
  }
}

// A page that comes back from the browser's cache must be usable again.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-checkout] button")) button.disabled = false;
});
