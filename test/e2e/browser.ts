import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** Debian's browser. */
export const CHROMIUM = "/usr/bin/chromium";
/** Whether the pages can be looked at on this machine. */
export const HAS_CHROMIUM = existsSync(CHROMIUM);

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser; close it when the tests are over. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page that remembers whatever went wrong and whatever it asked of a network. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught exceptions and broken policies. */
  readonly trouble: string[];
  /** Requests for anything but files and data in the page itself. */
  readonly requests: string[];
}

/** Opens a page in a context of its own. */
export async function watch(
  browser: Browser,
  options: { readonly width: number; readonly scheme?: "light" | "dark"; readonly javaScript?: boolean },
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: 900 },
    colorScheme: options.scheme ?? "light",
    javaScriptEnabled: options.javaScript ?? true,
  });
  const page = await context.newPage();
  const trouble: string[] = [];
  const requests: string[] = [];
  page.on(
    "console",
    (message) =>
      void (message.type() === "error" || message.type() === "warning" ? trouble.push(message.text()) : undefined),
  );
  page.on("pageerror", (error) => void trouble.push(String(error)));
  page.on(
    "request",
    (request) => void (/^(?:file|data):/.test(request.url()) ? undefined : requests.push(request.url())),
  );
  return { page, context, trouble, requests };
}
