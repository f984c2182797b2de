// Opens pages in a browser, and tells how playing went. Reads the pages as JSON, writes a result each.
// Every name is resolved to the loopback interface, so that nothing is asked of other machines.
import { readFileSync } from "node:fs";
import { launch } from "../../scripts/website/browser.mjs";

const { pages, port, seconds } = JSON.parse(readFileSync(0, "utf8"));
const timeout = seconds * 1000;

// Whatever happens, this process ends, and the browser with it.
setTimeout(() => {
  process.stderr.write("the browser took too long\n");
  process.exit(3);
}, timeout * (pages.length + 1)).unref();

const browser = await launch({
  acceptInsecureCerts: true,
  args: [
    "--autoplay-policy=no-user-gesture-required",
    `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
  ],
  timeout,
});

async function play({ url, rate }) {
  const page = await browser.newPage();
  const responses = [];
  page.on("response", (response) => {
    // The pictures on the browser's own controls are no requests.
    if (response.url().startsWith("http")) {
      responses.push({ url: response.url(), status: response.status() });
    }
  });
  try {
    await page.goto(url, { timeout, waitUntil: "domcontentloaded" });
    await page.evaluate((value) => {
      document.querySelector("video").playbackRate = value;
    }, rate);
    await page.waitForFunction(
      () => /over|cannot/.test(document.querySelector("[role=status]").textContent),
      { timeout, polling: 100 },
    );
  } catch (error) {
    responses.push({ url: String(error), status: 0 });
  }
  const state = await page.evaluate(() => {
    const video = document.querySelector("video");
    return {
      duration: video.duration,
      height: video.videoHeight,
      said: document.querySelector("[role=status]").textContent,
      time: video.currentTime,
    };
  });
  await page.close();
  return { ...state, responses };
}

try {
  const results = [];
  for (const page of pages) {
    results.push(await play(page));
  }
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}
