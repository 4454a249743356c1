// A running Ties with a file of its own, and a real browser before it: what every test of the pages begins with.
// Chromium is Debian's; the program comes from TIES_PROGRAM, the packages from TIES_NPM (a node_modules folder).
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { contractOf } from "./contract.mjs";

const program = process.env.TIES_PROGRAM;
const npm = process.env.TIES_NPM;
if (!program || !npm) throw new Error("give TIES_PROGRAM and TIES_NPM");
const require = createRequire(join(npm, "any.js"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const contract = contractOf(program, require("ajv/dist/2020").default);
const samples = fileURLToPath(new URL("../../samples/", import.meta.url));
export const sample = (name) => join(samples, name);

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
let browser;
const opened = () => (browser ??= chromium.launch({ executablePath: ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync), args: flags }));
after(async () => (await browser)?.close());

/** Where the service listens for its pages in this run: the address that it prints. */
async function served(file, options) {
  const service = spawn(program, ["--file", file, "serve", "--listen", "127.0.0.1:0", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const address = await new Promise((done, failed) => {
    const hear = (bytes) => {
      said += bytes;
      const found = /http:\/\/\S+/.exec(said);
      if (found) done(found[0]);
    };
    service.stdout.on("data", hear);
    service.stderr.on("data", hear);
    service.on("exit", () => failed(new Error(`the service ended: ${said}`)));
  });
  return { service, address };
}

/**
 * Starts Ties on a new file, filled by `commands` (each a list of arguments), or made by `made`, and opens it signed in. Ends by itself with
 * the test `t`. Every exchange with the API is held against the OpenAPI document, and no request may go elsewhere.
 *   page    Playwright's page      url     "http://127.0.0.1:PORT"
 *   ties    runs the command line on the same file, gives what it prints
 *   axe     fails on any violation of axe-core's rules in what is shown
 *   shows   goes to an address and waits until it is quiet
 */
export async function site(t, { commands = [], phone = false, scheme = "light", today = "", width = 1280, height = 800, made } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ties-web-"));
  const file = join(folder, "ties.db");
  const environment = { ...process.env, ...(today ? { TIES_TODAY: today } : {}) };
  const ties = (...args) => execFileSync(program, ["--file", file, "--yes", ...args], { encoding: "utf8", env: environment, stdio: ["ignore", "pipe", "pipe"] });
  if (made) made(file, environment);
  else ties("init");
  for (const command of commands) ties(...command);
  let { service, address } = await served(file, today ? ["--today", today] : []);
  const url = new URL(address).origin;
  const context = await (await opened()).newContext({
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    ...(phone ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } : { viewport: { width, height } }),
  });
  context.setDefaultTimeout(20_000);
  if (today) await context.clock.setFixedTime(`${today}T12:00:00Z`); // the pages and the service live on one day
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !/Failed to load resource/.test(message.text()) && wrong.push(`console: ${message.text()}`));
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (to.origin !== url && !["data:", "blob:"].includes(to.protocol)) wrong.push(`a request to ${to.origin}`);
  });
  const exchanges = [];
  page.on("requestfinished", (request) => {
    const { pathname, origin } = new URL(request.url());
    if (origin !== url || !pathname.startsWith("/api/") || request.headers().accept === "text/event-stream") return;
    exchanges.push(request.response().then((response) => contract(request, response)).then((found) => wrong.push(...found), () => {}));
  });
  t.after(async () => {
    await Promise.all(exchanges);
    await context.close();
    service.removeAllListeners("exit");
    const ended = new Promise((done) => service.once("exit", done));
    service.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(wrong, []);
  });
  await page.goto(address);
  const shows = async (path) => {
    await page.goto(url + path);
    await page.locator("main h1").first().waitFor();
  };
  const judged = async (scheme, only) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), only);
    assert.deepEqual(
      found.violations.map(({ id, nodes }) => `${id} in the ${scheme} scheme: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
      [],
    );
  };
  /** Holds the page as it stands against every rule, and what a scheme changes of it against that rule in the other one. */
  const axe = async () => {
    await page.waitForFunction(() => !document.querySelector(".dimmed")); // while it is read anew
    await page.evaluate(axeSource);
    await judged(scheme, ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
    await judged(scheme === "dark" ? "light" : "dark", ["color-contrast"]);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  };
  /** Ends the service, and starts it again at the same address. */
  const away = async () => {
    service.removeAllListeners("exit");
    const ended = new Promise((done) => service.once("exit", done));
    service.kill("SIGTERM");
    await ended;
  };
  const back = async () => {
    const port = new URL(url).port;
    service = spawn(program, ["--file", file, "serve", "--listen", `127.0.0.1:${port}`, ...(today ? ["--today", today] : [])], { stdio: "ignore" });
    for (let tries = 0; tries < 100; tries += 1) {
      if (await fetch(`${url}/healthz`).then(({ ok }) => ok, () => false)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error("the service did not come back");
  };
  return { page, url, ties, axe, shows, away, back, wrong, context };
}

/** Keeps a picture of what is shown, where TIES_PICTURES names a folder. */
export async function picture(page, name, options = {}) {
  if (!process.env.TIES_PICTURES) return;
  mkdirSync(process.env.TIES_PICTURES, { recursive: true });
  writeFileSync(join(process.env.TIES_PICTURES, `${name}.png`), await page.screenshot(options));
}
