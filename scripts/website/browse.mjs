// Loads every page of a built site in a browser, at both widths, and tells what is there.
// Reads what to load as JSON, and writes a result for each page. The site is served on the loopback
// interface under its path; every other name is unknown, so that nothing is asked of other machines.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { TimeoutError } from "puppeteer-core";
import { launch } from "./browser.mjs";

const { base, folder, pages, searches, seconds, shots } = JSON.parse(readFileSync(0, "utf8"));
const timeout = seconds * 1000;
// Five seconds are enough on an idle machine. A busy one takes longer to load the search index.
const SEARCH_TIMEOUT = 60_000;
// The width of a laptop in light colors, and that of a phone in dark ones.
const VIEWS = [
  { width: 1280, height: 800, scheme: "light" },
  { width: 390, height: 844, scheme: "dark" },
];
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

// Whatever happens, this process ends, and the browser with it.
setTimeout(() => {
  process.stderr.write("the browser took too long\n");
  process.exit(3);
}, timeout).unref();

// The index of the search, which every page reads and few need, takes longer than all else.
let searching = false;
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  let file = pathname.startsWith(base) ? join(folder, normalize(`/${pathname.slice(base.length)}`)) : "";
  if (file.endsWith("/")) {
    file += "index.html";
  }
  if (!file || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  if (!searching && file.endsWith("search.json")) {
    const { config } = JSON.parse(readFileSync(file, "utf8"));
    response.writeHead(200, { "content-type": TYPES[".json"] }).end(JSON.stringify({ config, items: [] }));
    return;
  }
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await launch({
  args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  timeout,
});

// What is wider than its place. Tables may scroll in a box of their own on a phone.
function overflow(wide) {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) {
    found.push(`the page is ${root.scrollWidth} pixels wide`);
  }
  for (const table of wide ? document.querySelectorAll("article table, article .md-typeset__scrollwrap") : []) {
    const box = table.closest(".md-typeset__scrollwrap") ?? table.parentElement;
    const over = Math.max(box.scrollWidth - box.clientWidth, table.scrollWidth - table.clientWidth);
    // Less than a pixel is rounded.
    if (over > 1) {
      const head = table.querySelector("tr")?.innerText.replace(/\s+/g, " ").trim();
      found.push(`a table is ${over} pixels too wide: ${head}`);
    }
  }
  return [...new Set(found)];
}

// Pictures that are not shown yet, or only in the other scheme, are loaded as well.
async function pictures() {
  const broken = [];
  for (const image of document.querySelectorAll("img")) {
    const copy = new Image();
    copy.src = image.src;
    await copy.decode().catch(() => broken.push(image.getAttribute("src")));
  }
  return broken;
}

function content() {
  return {
    description: document.querySelector("meta[name=description]")?.content ?? "",
    title: document.title,
    ids: [...document.querySelectorAll("[id], a[name]")].map((each) => each.id || each.name),
    links: [...document.querySelectorAll("a[href]")].map((each) => each.href),
    without: [...document.querySelectorAll("img")].filter((each) => !each.alt).map((each) => each.getAttribute("src")),
  };
}

// The 30 seconds of the library are too short for a busy machine.
async function opened() {
  const page = await browser.newPage();
  page.setDefaultTimeout(timeout / 4);
  return page;
}

async function visit(page, path) {
  const findings = [];
  const on = {
    console: (message) => {
      if (["error", "warn"].includes(message.type())) {
        findings.push(`the console has: ${message.text()}`);
      }
    },
    pageerror: (error) => findings.push(`a script fails: ${error.message}`),
    request: (request) => {
      if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) {
        findings.push(`a request to another host: ${request.url()}`);
      }
    },
    response: (response) => {
      if (response.status() >= 400) {
        findings.push(`not there: ${response.url().slice(origin.length)}`);
      }
    },
  };
  for (const [event, listener] of Object.entries(on)) {
    page.on(event, listener);
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: VIEWS[0].scheme }]);
  await page.setViewport(VIEWS[0]);
  await page.goto(`${origin}${base}${path}`, { waitUntil: "load" });
  findings.push(...(await page.evaluate(pictures)).map((each) => `a broken picture: ${each}`));
  for (const view of VIEWS) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
    await page.setViewport(view);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const wide = await page.evaluate(overflow, view.width > 1000);
    findings.push(...wide.map((each) => `at ${view.width} pixels, ${each}`));
    if (shots) {
      const name = `${path.replaceAll("/", "_") || "home"}-${view.width}.png`;
      await page.screenshot({ path: join(shots, name), fullPage: false });
    }
  }
  const found = await page.evaluate(content);
  for (const [event, listener] of Object.entries(on)) {
    page.off(event, listener);
  }
  const relative = (url) => (url.startsWith(origin) ? url.slice(origin.length) : url);
  return { ...found, path, findings, links: found.links.map(relative) };
}

// Writes into the field that every page has, and reads where the first results lead.
async function search(page, query) {
  await page.setViewport(VIEWS[0]);
  await page.goto(`${origin}${base}`, { waitUntil: "load" });
  await page.click(".md-search__button");
  const input = await page.waitForSelector(">>> input[type=text]", {
    timeout: SEARCH_TIMEOUT,
    visible: true,
  });
  await input.focus();
  // At once: a slow machine would show the results for the first letters.
  await page.keyboard.sendCharacter(query);
  // The field is in a shadow root of its own.
  try {
    await page.waitForSelector(">>> ol a[href]", { timeout: SEARCH_TIMEOUT });
  } catch (error) {
    if (!(error instanceof TimeoutError)) {
      throw error;
    }
  }
  if (shots) {
    await page.screenshot({ path: join(shots, `search-${query}.png`) });
  }
  return page.$$eval(">>> ol a[href]", (all, start) => all.map((each) => each.href.slice(start)), origin.length);
}

try {
  const queue = [...pages];
  const results = [];
  const work = async () => {
    const page = await opened();
    while (queue.length > 0) {
      results.push(await visit(page, queue.shift()));
    }
    await page.close();
  };
  // Two at a time: a machine of CI has two cores.
  await Promise.all([work(), work()]);
  searching = true;
  const found = {};
  const page = await opened();
  for (const query of searches) {
    found[query] = await search(page, query);
  }
  process.stdout.write(JSON.stringify({ pages: results, searches: found }));
} finally {
  await browser.close();
  server.close();
}
