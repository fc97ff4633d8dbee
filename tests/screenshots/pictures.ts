import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

const folder = join(import.meta.dirname, "../../docs/images");
await mkdir(folder, { recursive: true });

/** Writes what a page shows now. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}

/** Goes to an address, waits for what shows that it is complete, and writes what it shows. */
export async function pictureOf(page: Page, path: string, name: string, whatShows: string): Promise<void> {
  await page.goto(path);
  await page.locator(whatShows).first().waitFor();
  await page.waitForTimeout(1_500); // pictures, and what arrives by a stream
  await picture(page, name);
}
