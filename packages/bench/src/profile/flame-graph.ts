import { page } from "../report/page.ts";
import { escapeHtml } from "../report/html.ts";
import type { CallTree } from "./call-tree.ts";

/** Of the whole: what is narrower is not drawn. */
const LEAST_SHARE = 0.0005;

/**
 * A page with one box for each function, below its caller, as wide as its time; a click on a box makes it as wide as
 * the page. Callers are above their callees ("icicle").
 */
export function flameGraph(title: string, subtitle: string, tree: CallTree): string {
  const boxes: string[] = [];
  let depth = 0;
  function draw(node: CallTree, left: number, level: number): void {
    const width = node.totalMs / tree.totalMs;
    if (width < LEAST_SHARE) return;
    depth = Math.max(depth, level);
    boxes.push(box(node, left, width, level));
    let childLeft = left;
    for (const child of node.children) {
      draw(child, childLeft, level + 1);
      childLeft += child.totalMs / tree.totalMs;
    }
  }
  draw(tree, 0, 0);
  const rows = depth + 1;
  return page({
    title,
    subtitle,
    style: flameStyle,
    sections: [
      `<p><label>Find <input type="search" id="find" autocomplete="off"></label> <output id="found"></output></p>`,
      `<div id="flame" style="height:${rows * 18}px">${boxes.join("")}</div>`,
      `<script>${script}</script>`,
    ],
  });
}

function box({ frame, totalMs, selfMs }: CallTree, left: number, width: number, level: number): string {
  const place = [frame.package, frame.source].filter(Boolean).join(" ");
  const words = `${frame.name} — ${place}\n${totalMs.toFixed(1)} ms, of them ${selfMs.toFixed(1)} ms itself (${(100 * width).toFixed(1)} %)`;
  const style = `left:${percent(left)};width:${percent(width)};top:${level * 18}px;--hue:${hueOf(frame.package)}`;
  return `<button type="button" style="${style}" data-x="${left.toFixed(6)}" data-w="${width.toFixed(6)}" title="${escapeHtml(words)}">${escapeHtml(frame.name)}</button>`;
}

const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;

/** The same package always has the same colour. */
function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}

const flameStyle = `
  main { max-width: none; }
  #flame { position: relative; overflow: hidden; }
  #flame button { position: absolute; height: 17px; padding: 0 3px; border: 0; border-radius: 2px; overflow: hidden;
    font: 11px/17px system-ui, sans-serif; text-align: left; white-space: nowrap; color: #111;
    background: hsl(var(--hue) 65% 72%); box-shadow: inset -1px 0 var(--paper); cursor: zoom-in; }
  #flame button.found { background: #ff2fa0; color: #fff; }
  #flame button:focus-visible { outline: 2px solid var(--ink); z-index: 1; }
`;

/** Zooms to the box that is clicked, and paints what is found. */
const script = `
  const flame = document.getElementById("flame"), boxes = [...flame.children];
  flame.addEventListener("click", ({ target }) => {
    const { x, w } = target.dataset; if (x === undefined) return;
    for (const box of boxes) {
      const from = Math.max(0, (box.dataset.x - x) / w);
      const to = Math.min(1, (+box.dataset.x + +box.dataset.w - x) / w);
      box.hidden = to - from < 0.0005;
      box.style.left = 100 * from + "%"; box.style.width = 100 * (to - from) + "%";
    }
  });
  document.getElementById("find").addEventListener("input", ({ target }) => {
    const wanted = target.value.toLowerCase(), spans = [];
    for (const box of boxes) {
      const hit = wanted !== "" && box.title.split("\\n")[0].toLowerCase().includes(wanted);
      box.classList.toggle("found", hit);
      if (hit) spans.push([+box.dataset.x, +box.dataset.x + +box.dataset.w]);
    }
    spans.sort((a, b) => a[0] - b[0]);
    let share = 0, end = 0;
    for (const [from, to] of spans) { share += Math.max(0, to - Math.max(from, end)); end = Math.max(end, to); }
    document.getElementById("found").value = wanted ? (100 * share).toFixed(1) + " % of the time" : "";
  });
`;
