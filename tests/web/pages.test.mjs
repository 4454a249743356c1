// Every page, with the sample and with an empty file: accessible in both schemes, never wider than a small screen, and as it
// looked when it was last looked at (tests/golden/web; TIES_WRITE_GOLDEN=1 renews the pictures).
import assert from "node:assert/strict";
import { test } from "node:test";
import { site } from "./browser.mjs";
import { isAsItWas } from "./golden.mjs";

const today = "2026-03-04";
const pages = ["/", "/?view=week", "/ready", "/contacts", "/contacts/2", "/contacts/duplicates", "/companies", "/companies/1", "/board", "/board?view=table", "/applications/1", "/events", "/events/1", "/contributions", "/contributions/1", "/favours", "/referrals/1", "/brief/contacts/2", "/brief/companies/1", "/brief/applications/1", "/brief/interviews/1", "/reports", "/import", "/history", "/settings", ...["circles", "templates", "tokens", "feeds", "backups", "appearance", "keys", "all", "export"].map((tab) => `/settings?tab=${tab}`)];

/** Until nothing is being read and nothing moves. */
const quiet = async (page) => {
  await page.waitForFunction(() => !document.querySelector('main [aria-busy="true"], .skeleton'));
  await page.waitForTimeout(60);
};

test("every page is accessible, with the sample, in both schemes", async (t) => {
  const { page, shows, axe } = await site(t, { commands: [["sample", "load"]], today });
  for (const path of pages) {
    await shows(path);
    await quiet(page);
    await axe().catch((error) => assert.fail(`${path}: ${error.message}`));
  }
});

test("every page is accessible in an empty file, and says what it is for", async (t) => {
  const { page, shows, axe } = await site(t, { today });
  for (const path of ["/", "/?view=week", "/ready", "/contacts", "/companies", "/board", "/events", "/contributions", "/favours", "/reports", "/import", "/history", "/contacts/duplicates"]) {
    await shows(path);
    await quiet(page);
    await axe().catch((error) => assert.fail(`${path}: ${error.message}`));
    assert.ok((await page.locator("main").innerText()).length > 40, `${path} says nothing`);
  }
});

test("no page with the sample is wider than 320 px, and on a phone every target is large enough", async (t) => {
  const { page, shows } = await site(t, { commands: [["sample", "load"]], phone: true, today });
  for (const path of pages) {
    await page.setViewportSize({ width: 320, height: 640 });
    await shows(path);
    await quiet(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${path} is ${over} px too wide`);
    // A link in running text may be small (WCAG 2.5.8, inline).
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, input:not([type=hidden]), select, nav a")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 2)
        .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 23.5 && !one.closest("label"))
        .map((one) => one.outerHTML.slice(0, 100)),
    );
    assert.deepEqual(small, [], path);
  }
});

const pictures = [
  { name: "today", path: "/" },
  { name: "today-dark", path: "/", scheme: "dark" },
  {
    name: "capture",
    path: "/",
    before: async (page) => {
      await page.keyboard.press("q");
      await page.getByLabel("What happened").fill("met @Noor at #LoopConf, works on compilers, follow up in 2 weeks");
      await page.getByText(/follow up \d/).waitFor();
    },
  },
  { name: "contacts", path: "/contacts" },
  { name: "contact", path: "/contacts/2" },
  { name: "board", path: "/board" },
  { name: "application", path: "/applications/1" },
  { name: "company", path: "/companies/1" },
  { name: "today-phone", path: "/", phone: true },
  { name: "board-phone", path: "/board", phone: true },
  { name: "empty", path: "/", commands: [] },
];
for (const { name, path, scheme = "light", phone = false, commands = [["sample", "load"]], before } of pictures) {
  test(`the picture of ${name} is as it was`, async (t) => {
    const { page, shows } = await site(t, { commands, scheme, phone, today });
    await page.clock.setFixedTime(new Date(`${today}T09:00:00Z`));
    await shows(path);
    await quiet(page);
    await before?.(page);
    isAsItWas(await page.screenshot(), name);
  });
}
