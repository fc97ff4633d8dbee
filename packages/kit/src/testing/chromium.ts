import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A real Chromium: `CHROMIUM_PATH`, or where Linux distributions put it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? candidates.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error(
      "The browser tests need Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH.",
    );
  // Root in a container has no sandbox; and the browser is to talk to the mall and to nobody else.
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-sync"],
  });
}

export interface OpenPage {
  page: Page;
  /** Errors in the browser's console and failed loads: of a good page there are none. */
  complaints: string[];
}

export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return { page, complaints };
}
