import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { writeReport } from "../../lib/report/report.ts";
import { styleSheet } from "../../lib/report/style.ts";
import { requirement } from "../support/requirements.ts";
import { CATALOGUE, fixtureNotebook, RECORD } from "./fixture.ts";

const CHROMIUM = Deno.env.get("RESOLVENT_CHROMIUM") ?? "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const browserTest = requirement(
  "reports in Chromium",
  hasChromium,
  "sudo apt-get install chromium",
);

function hasChromium(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Luminance of a colour, as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

Deno.test("styleSheet() gives text a contrast of 4.5 on its ground in both themes", () => {
  const blocks = styleSheet().match(/\{color-scheme:(light|dark);[^}]+\}/g) ?? [];
  assertEquals(blocks.length, 4);
  for (const block of blocks) {
    const colours = new Map(
      Array.from(block.matchAll(/--page-([\w-]+):(#\w{6})/g), ([, name, hex]) => [name, hex]),
    );
    const of = (name: string): string => colours.get(name) ?? "";
    const pairs = [
      ...["text", "muted", "link"].map((name) => [name, "ground"]),
      ...["text", "muted"].map((name) => [name, "raised"]),
      ...["key", "text", "number", "name", "note"].map((name) => [`code-${name}`, "raised"]),
      ...["good", "bad", "other", "open", "none"].map((name) => [name, `${name}-ground`]),
    ];
    for (const [front, back] of pairs) {
      const found = contrast(of(front), of(back));
      assert(found >= 4.5, `${front} on ${back} has a contrast of ${found.toFixed(2)}`);
    }
  }
});

/** Windows in which pages are opened: axe, the dearest, sees each theme and each width in one. */
const WINDOWS = [
  { colorScheme: "light", width: 1280, audit: true },
  { colorScheme: "light", width: 390, audit: false },
  { colorScheme: "dark", width: 1280, audit: false },
  { colorScheme: "dark", width: 390, audit: true },
] as const;

/** What a page must satisfy at one width in one theme. */
async function checkPage(
  page: Page,
  url: string,
  { heard, audit }: { readonly heard: readonly string[]; readonly audit: boolean },
): Promise<void> {
  await page.goto(url);
  assertEquals(heard, [], `${url}: ${heard}`);
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  assert(Number(overflow) <= 0, `${url} is ${overflow} pixels wider than the window`);
  if (!audit) return;
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))",
  );
  assertEquals(violations, [], `${url}: ${violations}`);
}

/** A page that notes in `heard` what its console and its network have to say. */
async function openPage(
  browser: Browser,
  heard: string[],
  options: { readonly colorScheme: "light" | "dark"; readonly width: number },
): Promise<Page> {
  const { colorScheme, width } = options;
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
  page.on("console", (message) => heard.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) heard.push(`request: ${request.url()}`);
  });
  return page;
}

Deno.test({
  name: "pages in Chromium are silent, load nothing, fit, and pass axe in both themes",
  ...browserTest,
  async fn() {
    const folder = await Deno.makeTempDir();
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    try {
      const pages = [{ notebook: fixtureNotebook(), record: RECORD }];
      const written = await writeReport(pages, folder, { catalogue: CATALOGUE });
      for (const { audit, ...options } of WINDOWS) {
        const heard: string[] = [];
        const page = await openPage(browser, heard, options);
        for (const path of written) await checkPage(page, `file://${path}`, { heard, audit });
        await page.close();
      }
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "pages in Chromium show figures, follow data-theme, and filter without a script",
  ...browserTest,
  async fn() {
    const folder = await Deno.makeTempDir();
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    try {
      const pages = [{ notebook: fixtureNotebook(), record: RECORD }];
      const [report, index] = await writeReport(pages, folder, { catalogue: CATALOGUE });
      const page = await browser.newPage({ colorScheme: "light" });
      await page.goto(`file://${report}`);
      for (const figure of await page.locator("figure svg, figure img, .range").all()) {
        const box = await figure.boundingBox();
        assert(box !== null && box.width > 0 && box.height > 0);
      }
      assertEquals(await page.locator("figure svg").count(), 2);
      const ground = "getComputedStyle(document.body).backgroundColor";
      assertEquals(await page.evaluate(ground), "rgb(255, 255, 255)");
      await page.evaluate("document.documentElement.dataset.theme = 'dark'");
      assertEquals(await page.evaluate(ground), "rgb(21, 21, 21)");
      await page.locator("a", { hasText: "The loss falls at each step" }).click();
      assert(page.url().endsWith("#verdict-falls"));
      await page.goto(`file://${index}`);
      await page.locator("#show-done").check();
      assertEquals(await page.locator(".papers li:visible").count(), 1);
      await page.locator("a", { hasText: "When do spectral steps help?" }).click();
      assert(page.url().endsWith("/spectral-demo.html"));
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
