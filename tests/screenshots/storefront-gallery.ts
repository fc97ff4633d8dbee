import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { brokenLayouts, objectionsOfAxe } from "../storefront/accessibility.ts";
import { layoutProblems } from "../storefront/layout-problems.ts";
import {
  type Look,
  lookAtUnknownOutcome,
  openWithout,
  sellOut,
  walkThroughShop,
  withoutService,
} from "../storefront/walk.ts";
import { withFault } from "./observatory.ts";

/** Not committed: pictures to be looked at by whoever changes the shop. */
const folder = join(import.meta.dirname, "../../.mall/screenshots/storefront");

const languages = { en: "en-US", ko: "ko-KR", es: "es-ES" };
const windows = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "phone", width: 390, height: 844 },
];
export interface Gallery {
  pictures: number;
  /** What is wrong with a layout, or what axe objects to, each with where. */
  problems: string[];
}

/** Takes a picture of every page and state: large and small, light and dark, in each language. */
export async function storefrontGallery(
  browser: Browser,
  url: string,
  observatory: string,
): Promise<Gallery> {
  await mkdir(folder, { recursive: true });
  const gallery: Gallery = { pictures: 0, problems: [] };
  const switches = await browser.newPage({ baseURL: observatory });
  for (const [language, locale] of Object.entries(languages)) {
    const context = await browser.newContext({ baseURL: url, locale, reducedMotion: "reduce" });
    const page = await context.newPage();
    const look: Look = (name) => takeAll(page, { name, language, gallery });
    await walkThroughShop(page, look);
    await sellOut(page, "pendulum-clock", look);
    // Prices that have to be converted, or nobody would miss the currencies.
    await context.addCookies([{ name: "mall_currency", value: "KRW", url }]);
    await withoutEach(page, { look, switches, once: language !== "en" });
    await context.close();
  }
  await switches.close();
  return gallery;
}

interface Degraded {
  look: Look;
  /** A page of the observatory. */
  switches: Page;
  /** Only the first page of each: the words differ by language, the layout does not. */
  once: boolean;
}

/** Each service fails in turn, by its switch in the observatory. */
async function withoutEach(page: Page, { look, switches, once }: Degraded): Promise<void> {
  await withFault(switches, { flag: "purchase.error-ratio", variant: "all" }, () =>
    lookAtUnknownOutcome(page, look),
  );
  for (const [service, paths] of Object.entries(withoutService))
    await withFault(switches, { flag: `${service}.error-ratio`, variant: "all" }, async () => {
      for (const [path, said] of Object.entries(paths).slice(0, once ? 1 : undefined)) {
        await openWithout(page, path, said);
        await look(`without-${service}${path.replaceAll(/\W+/g, "-")}`);
      }
    });
}

interface Where {
  name: string;
  language: string;
  gallery: Gallery;
}

async function takeAll(page: Page, { name, language, gallery }: Where): Promise<void> {
  await loadPictures(page);
  const problems = [...(await brokenLayouts(page)), ...(await objectionsOfAxe(page))];
  for (const { name: windowName, ...size } of windows) {
    await page.setViewportSize(size);
    problems.push(...(await layoutProblems(page)).map((each) => `on a ${windowName}: ${each}`));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(folder, `${name}.${windowName}.${language}.${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
      gallery.pictures += 1;
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  gallery.problems.push(...problems.map((each) => `${language} ${name} ${each}`));
}

/** Those too that a shopper would have to scroll to. */
async function loadPictures(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}
