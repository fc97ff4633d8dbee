import type { Page } from "playwright-core";

/**
 * What is wrong with how the page is laid out now, each as a sentence: it scrolls sideways, a text is cut off, a word is
 * broken, or one text lies over another.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(findProblems);
}

/** Runs in the page, so it can use nothing from outside of itself. */
function findProblems(): string[] {
  const problems: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth)
    problems.push(`the page is ${scrollWidth} px wide in a window of ${clientWidth}`);

  const isForReadersOnly = (element: Element): boolean =>
    Boolean(element.closest(".visually-hidden, .account-label, .skip-link, option"));
  const scrolls = (element: Element): boolean => {
    for (let each: Element | null = element; each; each = each.parentElement)
      if (/auto|scroll/.test(getComputedStyle(each).overflowX)) return true;
    return false;
  };

  const texts: { text: string; element: Element; box: DOMRect }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (!element || !text || isForReadersOnly(element) || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1) texts.push({ text, element, box });
    for (const { 0: word, index } of (node.textContent ?? "").matchAll(/\p{L}{2,}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) problems.push(`"${word}" is broken`);
    }
  }

  for (const { text, element, box } of texts) {
    if (!scrolls(element) && (box.right > clientWidth + 1 || box.left < -1))
      problems.push(`"${text}" leaves the window`);
    if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "hidden")
      problems.push(`"${text}" is cut off`);
  }
  for (const [at, one] of texts.entries())
    for (const other of texts.slice(at + 1)) {
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Lines may touch: a line's box is a little higher than its letters.
      if (width > 2 && height > 8 && !scrolls(one.element) && !scrolls(other.element))
        problems.push(`"${one.text}" and "${other.text}" lie over each other`);
    }
  return [...new Set(problems)];
}
