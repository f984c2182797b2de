// The browser of node_modules, for tests and for the check of the site.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";
import puppeteer from "puppeteer-core";

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))));
const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
const BUILD = fileURLToPath(new URL("../../build", import.meta.url));
const HOME = join(BUILD, `browser-${version}`);

// Unpacks the browser and its libraries in a folder of this process, and then moves the folder:
// another process never starts a browser that is half unpacked.
async function unpacked() {
  if (!existsSync(HOME)) {
    mkdirSync(BUILD, { recursive: true });
    const folder = mkdtempSync(`${HOME}-`);
    try {
      await within(folder, async () => {
        await chromium.executablePath();
        await inflate(join(PACKAGE, "bin", "al2023.tar.br"));
      });
      // The package's own file has another folder.
      writeFileSync(
        join(folder, "fonts", "fonts.conf"),
        `<fontconfig><dir>${HOME}/fonts</dir><cachedir>${HOME}/fonts-cache</cachedir></fontconfig>\n`,
      );
      renameSync(folder, HOME);
    } catch (error) {
      // Another process was faster.
      if (!existsSync(HOME)) {
        throw error;
      }
    } finally {
      rmSync(folder, { force: true, recursive: true });
    }
  }
  return HOME;
}

// The package unpacks itself into the folder for temporary files.
async function within(folder, work) {
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    await work();
  } finally {
    delete process.env.TMPDIR;
    Object.assign(process.env, TMPDIR === undefined ? {} : { TMPDIR });
  }
}

export async function launch({ args, ...options }) {
  const home = await unpacked();
  const fonts = existsSync("/etc/fonts/fonts.conf") ? {} : { FONTCONFIG_PATH: join(home, "fonts") };
  return puppeteer.launch({
    args: [
      ...chromium.args.filter((each) => !each.startsWith("--disable-web-security")),
      "--no-sandbox",
      ...args,
    ],
    // The machine need not have the libraries and fonts of a browser.
    env: { ...process.env, LD_LIBRARY_PATH: join(home, "al2023", "lib"), ...fonts },
    executablePath: join(home, "chromium"),
    headless: "shell",
    ...options,
  });
}
