/**
 * Makes the README's pictures from a mall that runs: `npm start` in one terminal, `npm run screenshots` in another.
 * Sends shoppers, buys one thing itself, and turns two faults on and off again, so that there is something to show.
 */
import { parseArgs } from "node:util";
import { runTraffic } from "@mall/loadgenerator";
import { launchBrowser } from "@mall/kit/testing/chromium";
import { observatoryPictures } from "./observatory.ts";
import { storefrontGallery } from "./storefront-gallery.ts";
import { storefrontPictures } from "./storefront.ts";

const USAGE = `Usage: npm run screenshots -- [options]

Options:
  --url <address>  where the mall runs (default: http://127.0.0.1:3000)
  --storefront     only the storefront's pictures, and beside them every page and state of it, large and small,
                   light and dark, in each language, below .mall/screenshots; fails where a layout is
                   broken or axe objects
  --help           show this
`;
const { values } = parseArgs({
  options: { url: { type: "string" }, storefront: { type: "boolean" }, help: { type: "boolean" } },
});
if (values.help) process.stdout.write(USAGE);
else await takeAll(values.url ?? "http://127.0.0.1:3000", values.storefront ?? false);

async function takeAll(url: string, storefrontOnly: boolean): Promise<void> {
  const browser = await launchBrowser();
  const closing = new AbortController();
  try {
    const trace = await storefrontPictures(browser, url);
    if (storefrontOnly) {
      const { pictures, problems } = await storefrontGallery(browser, url, new URL(trace).origin);
      process.stdout.write(`${pictures} pictures in .mall/screenshots/storefront\n`);
      process.stderr.write(problems.map((each) => `${each}\n`).join(""));
      process.exitCode = problems.length > 0 ? 1 : 0;
      return;
    }
    const shopping = runTraffic({ url, rate: 4, durationMs: Infinity, seed: 1, signal: closing.signal });
    await observatoryPictures(browser, trace);
    closing.abort();
    await shopping;
  } finally {
    closing.abort();
    await browser.close();
  }
}
