import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { layoutProblems } from "./layout-problems.ts";

const phone = { width: 320, height: 640 };
/** What a desktop of 1280 px shows at 200 % zoom. */
const zoomed = { width: 640, height: 400 };
const desktop = { width: 1280, height: 800 };

/** What is broken in the layout of the page as it stands: on a small phone, and zoomed. */
export async function brokenLayouts(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of [phone, zoomed]) {
    await page.setViewportSize(size);
    found.push(...(await layoutProblems(page)).map((problem) => `at ${size.width} px: ${problem}`));
  }
  await page.setViewportSize(desktop);
  return found;
}

/** What axe objects to in the page as it stands; in the dark, only its colours are different. */
export async function objectionsOfAxe(page: Page): Promise<string[]> {
  const light = await new AxeBuilder({ page }).analyze();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await new AxeBuilder({ page }).withRules("color-contrast").analyze();
  await page.emulateMedia({ colorScheme: "light" });
  if (light.passes.length < 10) return [`axe has looked at ${light.passes.length} things only`];
  return [...light.violations, ...dark.violations].map(describe);
}

type Violation = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

const describe = ({ id, help, nodes }: Violation): string =>
  `${id} (${help}): ${nodes
    .slice(0, 3)
    .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ""}`)
    .join("; ")}`;
