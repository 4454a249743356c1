// Bytes, counts and shifts are exact, so they are promises; times are not.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { site } from "./browser.mjs";

const dist = process.env.TIES_WEB_DIST;
const assets = readdirSync(join(dist, "assets"));
const bytes = (names) => names.reduce((sum, name) => sum + statSync(join(dist, "assets", name)).size, 0);
const kilobyte = 1024;

test("the program carries at most 200 KB of scripts, 12 KB of style and 240 KB in all, gzipped", () => {
  const scripts = bytes(assets.filter((name) => name.endsWith(".js.gz")));
  const styles = bytes(assets.filter((name) => name.endsWith(".css.gz")));
  const all = bytes(assets) + readdirSync(dist, { withFileTypes: true }).filter((one) => one.isFile()).reduce((sum, { name }) => sum + statSync(join(dist, name)).size, 0);
  assert.ok(scripts <= 200 * kilobyte, `${scripts} bytes of scripts`);
  assert.ok(styles <= 12 * kilobyte, `${styles} bytes of style`);
  assert.ok(all <= 240 * kilobyte, `${all} bytes in all`);
});

test("at most 30 packages build the pages, of exact versions, and no address of a registry is written down", () => {
  const lock = JSON.parse(readFileSync(new URL("../../crm/web/package-lock.json", import.meta.url), "utf8"));
  const installed = Object.entries(lock.packages).filter(([name, { optional }]) => name && !optional);
  assert.ok(installed.length <= 30, `${installed.length} packages`);
  assert.ok(Object.values(lock.packages).every(({ resolved }) => resolved === undefined));
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL("../../crm/web/package.json", import.meta.url), "utf8"));
  for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
});

test("text has a contrast of 4.5 to 1 on every ground, controls and marks of 3 to 1, in both schemes", () => {
  const css = readFileSync(new URL("../../crm/web/src/styles/tokens.css", import.meta.url), "utf8");
  const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const tokens = new Map([...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name, [light, dark]]));
  const grounds = ["paper", "raised", "sunken"];
  const wanted = [
    ...["ink", "muted", "accent", "bad", "good", "warm"].flatMap((text) => grounds.map((ground) => [text, ground, 4.5])),
    ["on-accent", "accent", 4.5],
    ...["accent", "warm", "bad", "good"].flatMap((name) => [[name, `${name}-soft`, 4.5], ["ink", `${name}-soft`, 4.5]]),
    ...["control", ...[1, 2, 3, 4, 5, 6].map((n) => `series-${n}`)].flatMap((mark) => grounds.map((ground) => [mark, ground, 3])),
  ];
  for (const scheme of [0, 1]) {
    for (const [front, ground, least] of wanted) {
      const is = contrast(tokens.get(front)[scheme], tokens.get(ground)[scheme]);
      assert.ok(is >= least, `${front} on ${ground} has ${is.toFixed(2)} ${scheme ? "in the dark" : "in light"}`);
    }
  }
});

test("the first rows come within 12 requests and 66 KB of scripts, nothing shifts, and 30,000 contacts are few nodes", async (t) => {
  const rows = ["Name,Company,Title,Email"];
  for (let n = 0; n < 30000; n += 1) rows.push(`Person ${String(n).padStart(5, "0")},Company ${n % 700},Engineer,p${n}@company${n % 700}.example`);
  const { writeFileSync, mkdtempSync, rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const folder = mkdtempSync(join(tmpdir(), "ties-rows-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "people.csv"), rows.join("\n"));
  const { page, shows, url } = await site(t, { commands: [["import", join(folder, "people.csv")]] });
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  });
  const asked = [];
  page.on("response", (response) => asked.push(response));
  const atOnce = () => page.evaluate(() => document.querySelectorAll("*").length);
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => !entry.hadRecentInput && (window.shift += entry.value))).observe({ type: "layout-shift", buffered: true });
    navigator.serviceWorker.register = () => Promise.resolve();
  });
  await shows("/contacts");
  await page.getByRole("row", { name: /Person 00000/ }).waitFor();
  const own = asked.filter((response) => !/icon|manifest|\/events|limit=0/.test(response.url()));
  assert.ok(own.length <= 12, own.map((response) => response.url().slice(url.length)).join(" "));
  const scripts = (await Promise.all(own.filter((response) => response.url().endsWith(".js")).map(async (response) => (await response.allHeaders())["content-length"]))).reduce((sum, length) => sum + Number(length), 0);
  assert.ok(scripts > 0 && scripts <= 66 * kilobyte, `${scripts} bytes of scripts`);
  const grid = page.getByRole("grid");
  for (let n = 0; n < 60; n += 1) {
    await grid.evaluate((element, part) => (element.scrollTop = element.scrollHeight * part), (n * 37 % 60) / 60);
    await page.waitForTimeout(15);
  }
  assert.ok((await atOnce()) <= 1500, `${await atOnce()} nodes`);
  assert.ok((await page.evaluate(() => window.shift)) <= 0.02, `shifted by ${await page.evaluate(() => window.shift)}`);
  const heap = await page.evaluate(() => performance.memory.usedJSHeapSize);
  assert.ok(heap <= 20 * kilobyte * kilobyte, `${heap} bytes of heap`);
  assert.ok(gunzipSync(readFileSync(join(dist, "index.html.gz"))).toString().includes("modulepreload"));
});
