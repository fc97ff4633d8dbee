import type { Messages } from "../i18n/messages.ts";

/**
 * For enhance.js, which checks a form's fields as they are left: the sentences that the server would say, in the
 * page's language. A browser's own bubbles speak the language of the browser.
 */
export const checkedInPlace = ({ form: { problems } }: Messages) => ({
  "data-check": true,
  "data-problem-required": problems.required,
  "data-problem-email": problems.email,
  "data-problem-card": problems.card,
  "data-problem-quantity": problems.quantity,
});
