// Reports: each is the service's own document, opens with its finding, and can be taken away; by keys, by clicks, on a phone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { picture, sample, site } from "./browser.mjs";
import { isAsItWas } from "./golden.mjs";

const today = "2026-11-24";
/** A site on that day, in the browser too. */
async function opened(t, options) {
  const all = await site(t, { today, ...options });
  await all.page.clock.setFixedTime(new Date(`${today}T09:00:00Z`));
  return all;
}
const toast = (page, text) => page.getByRole("status").getByText(text).waitFor();
const widest = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const texts = async (locator) => (await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
const finding = (page) => page.locator(".document > .finding");
/** Until nothing is being read. */
const quiet = (page) => page.waitForFunction(() => !document.querySelector('main [aria-busy="true"], .skeleton'));

/** An application's stages with their days. */
const application = (id, company, source, first, steps) => [
  ["application", "add", `Role ${id}`, "--company", company, "--source", source, "--on", first],
  ...steps.map(([stage, on]) => (/^[a-z]/.test(stage) ? ["application", "close", String(id), stage, "--on", on] : ["application", "move", String(id), stage, "--on", on])),
];
const search = [
  ...application(1, "Northwind", "referral", "2026-09-01", [["Applied", "2026-09-11"], ["Recruiter screen", "2026-09-21"], ["Interviews", "2026-10-01"]]),
  ...application(2, "Papermill", "referral", "2026-09-01", [["Applied", "2026-09-05"], ["rejected", "2026-09-25"]]),
  ...application(3, "Halcyon", "cold", "2026-09-01", [["Applied", "2026-09-03"]]),
  ...application(4, "Osterhav", "cold", "2026-09-02", [["Applied", "2026-09-04"], ["Recruiter screen", "2026-09-14"], ["Applied", "2026-09-18"], ["rejected", "2026-09-28"]]),
  ...application(5, "Vervain", "event", "2026-10-01", []),
  ...application(6, "Tessarine", "recruiter", "2026-10-01", [["Recruiter screen", "2026-10-05"], ["Offer", "2026-10-25"], ["accepted", "2026-10-30"]]),
  ["contact", "add", "Ada Lovelace"],
  ...["2026-11-16", "2026-11-22", "2026-11-23"].map((on) => ["interaction", "add", "Ada Lovelace", "--kind", "chat", "--on", on, "--text", "hello"]),
];

const names = ["pipeline", "funnel", "flow", "time-in-stage", "referrals", "lift", "network", "moves", "events", "contributions", "activity", "proof", "plan", "followups", "ready", "board"];

test("every report opens with its finding, and each picture has a name and its numbers, accessible in both schemes", async (t) => {
  const { page, shows, axe } = await opened(t, { commands: search });
  for (const name of names) {
    await shows(`/reports?report=${name}`);
    await finding(page).waitFor();
    await quiet(page);
    const first = await page.locator(".document").evaluate((box) => box.firstElementChild.className);
    assert.equal(first, "finding", name);
    assert.ok((await finding(page).innerText()).length > 10, name);
    for (const drawn of await page.locator(".document .broad").all()) {
      assert.equal(await drawn.getAttribute("role"), "img", name);
      assert.match(await drawn.getAttribute("aria-label"), /^.+: .+$/s, name);
      assert.ok((await drawn.locator("xpath=ancestor::figure").locator("table tbody tr").count()) > 0, `${name} has no numbers behind it`);
    }
    await page.locator(".document summary").evaluateAll((all) => all.forEach((one) => one.click()));
    await axe().catch((error) => assert.fail(`${name}: ${error.message}`));
    await picture(page, `report-${name}`, { fullPage: true });
  }
});

test("reports say what is worked out by hand", async (t) => {
  const { page, shows } = await opened(t, { commands: search });
  const numbers = async (name, said) => {
    await shows(`/reports?report=${name}`);
    await page.getByText(said).first().waitFor();
    await page.getByText("The numbers").first().click();
    return texts(page.locator(".document figure").first().locator("tbody tr"));
  };
  assert.deepEqual(
    (await numbers("funnel", "of 6 applications 5 were sent, 2 led to an interview, 1 to an offer")).map((row) => row.split(" ").slice(0, 3).join(" ")),
    ["lead 6 6", "referral 5 6", "applied 5 6", "screen 3 6", "assessment 2 6", "interview 2 6", "offer 1 6"],
  );
  assert.deepEqual((await numbers("flow", "of 6 applications 3 are still open and 2 rejected")).sort(), [
    "Applied Recruiter screen 2",
    "Applied rejected 1",
    "Applied still open 1",
    "Interviews still open 1",
    "Offer accepted 1",
    "Recruiter screen Interviews 1",
    "Recruiter screen Offer 1",
    "Recruiter screen rejected 1",
    "Wishlist Applied 4",
    "Wishlist Recruiter screen 1",
    "Wishlist still open 1",
  ]);
  await page.getByText("1 application went back at times; the way forward alone is shown").waitFor();
});

test("from the keys alone: to the reports, to another one, its numbers, and a copy", async (t) => {
  const { page, shows, context } = await opened(t, { commands: search });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await shows("/");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await page.getByRole("heading", { level: 1, name: "The pipeline as it stands" }).waitFor();
  const tabTo = async (words) => {
    for (let tries = 0; tries < 80; tries += 1) {
      if ((await page.evaluate(() => document.activeElement?.innerText?.trim())) === words) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the keys never come to ${words}`);
  };
  await tabTo("Funnel");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "How far applications come" }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get("report"), "funnel");
  assert.equal(await page.title(), "How far applications come – Reports · Ties");
  await tabTo("The numbers");
  await page.keyboard.press("Enter");
  await page.getByRole("cell", { name: "assessment" }).waitFor();
  await tabTo("Copy CSV");
  await page.keyboard.press("Enter");
  await toast(page, "Copied as CSV.");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^stage,reached,of,/);
});

test("by clicks: days, a pipeline, stages in place of kinds, all in the address, and what is asked stays for the next", async (t) => {
  const { page, shows } = await opened(t, { commands: [...search, ["pipeline", "use", "simple"]] });
  await shows("/reports");
  await page.getByRole("navigation", { name: "Reports" }).getByRole("link", { name: "Funnel" }).click();
  await finding(page).getByText("of 6 applications").waitFor();
  await page.getByLabel("From").fill("2026-10-01");
  await finding(page).getByText("of 2 applications").waitFor();
  await page.getByText("only those opened since Thu 1 Oct 2026; 4 others are left out").waitFor();
  await page.getByText("2 applications are too few for a picture; it wants 5").waitFor();
  assert.equal(await page.locator(".document svg").count(), 0);
  assert.ok(await page.getByRole("cell", { name: "assessment" }).isVisible());
  await page.getByRole("link", { name: "Time in stage" }).click();
  await page.getByText("2 applications are too few").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("since"), "2026-10-01");
  await page.getByLabel("By").selectOption("stage");
  await page.getByRole("cell", { name: "Recruiter screen" }).waitFor();
  await page.getByRole("button", { name: "All days" }).click();
  await page.getByRole("img").first().waitFor();
  await page.getByLabel("Pipeline").selectOption({ index: 2 });
  await page.getByText("6 others are left out").waitFor();
  await page.getByLabel("Pipeline").selectOption("");
  await page.getByRole("img").first().waitFor();
  await page.reload();
  await page.getByRole("img").first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get("by"), "stage");
});

test("what is asked wrongly is refused in words, and asked again", async (t) => {
  const { page, shows } = await opened(t, { commands: search });
  await shows("/reports?report=funnel&since=2026-10-01&until=2026-09-01");
  await page.getByText("lies before").first().waitFor();
  await page.getByRole("button", { name: "All days" }).click();
  await finding(page).getByText("of 6 applications").waitFor();
});

test("a change elsewhere shows without a reload, and numbers that are open stay open", async (t) => {
  const { page, shows, ties } = await opened(t, { commands: search });
  await shows("/reports?report=funnel");
  await page.getByText("The numbers").click();
  await page.getByRole("cell", { name: "assessment" }).waitFor();
  ties("application", "move", "3", "Offer", "--on", "2026-11-20");
  await finding(page).getByText("3 led to an interview, 2 to an offer").waitFor();
  assert.ok(await page.getByRole("cell", { name: "assessment" }).isVisible());
});

test("names lead to their pages", async (t) => {
  const { page, shows } = await opened(t, { commands: [...search, ["contact", "edit", "2", "--company", "Northwind"], ["task", "add", "Send the numbers", "--due", today, "--contact", "2"]] });
  await shows("/reports?report=followups");
  await page.locator(".document").getByRole("link", { name: "Ada Lovelace" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Ada Lovelace" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/contacts/2");
  await shows("/reports?report=board");
  await page.locator(".document").getByRole("link", { name: /Role 1/ }).click();
  await page.waitForURL(/applications\/1$/);
  await shows("/reports?report=who");
  await page.getByText("Choose a company, to see whom you know there.").waitFor();
  await page.getByRole("combobox", { name: "Company" }).fill("North");
  await page.getByRole("option", { name: "Northwind" }).click();
  await page.getByRole("heading", { level: 1, name: "Whom I know at Northwind" }).waitFor();
  await page.locator(".document").getByRole("link", { name: "Ada Lovelace" }).waitFor();
});

test("a report leaves as a file in every form, as a page to print, and as a drawing that needs nothing else", async (t) => {
  const { page, shows, context } = await opened(t, { commands: search });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await shows("/reports?report=funnel");
  await page.getByRole("button", { name: "Copy SVG" }).click();
  await toast(page, "Copied as SVG.");
  const svg = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.doesNotMatch(svg, /class=|var\(|style=/);
  const begins = { HTML: /^<!doctype html>/, CSV: /^stage,/, SVG: /^<svg /, Markdown: /^# How far/, Text: /^of 6 applications/, JSON: /^\{/ };
  for (const [form, begin] of Object.entries(begins)) {
    await page.getByRole("button", { name: "Download" }).click();
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: form, exact: true }).click()]);
    assert.match(file.suggestedFilename(), /^ties-funnel-2026-11-24\.[a-z]+$/);
    assert.match(readFileSync(await file.path(), "utf8"), begin);
  }
  const [sheet] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "Open to print" }).click()]);
  await sheet.getByRole("heading", { name: "How far applications come" }).waitFor();
  assert.equal(await sheet.locator("h1").evaluate((head) => getComputedStyle(head).fontWeight), "700");
  await sheet.close();
});

test("on paper the report stands alone, with the numbers", async (t) => {
  const { page, shows } = await opened(t, { commands: search });
  await shows("/reports?report=funnel");
  await finding(page).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".document .broad").isVisible());
  for (const gone of [".tabs", ".report-choice", ".report-leave", ".document summary"]) assert.ok(!(await page.locator(gone).first().isVisible()), gone);
});

test("on a phone pictures are drawn for its width, and nothing is wider than the screen", async (t) => {
  const { page, shows } = await opened(t, { commands: search, phone: true });
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const name of names) {
      await shows(`/reports?report=${name}`);
      await finding(page).waitFor();
      assert.equal(await widest(page), 0, `${name} at ${width}`);
      if (!(await page.locator(".document svg").count())) continue;
      assert.ok(await page.locator(".document .narrow").first().isVisible(), name);
      assert.ok(!(await page.locator(".document .broad").first().isVisible()), name);
    }
  }
  await shows("/reports?report=flow");
  await page.getByRole("img", { name: /still open and 2 rejected/ }).waitFor();
  await page.getByText("Wishlist → Applied", { exact: true }).waitFor();
});

test("the pictures of the reports about two years are as they were", async (t) => {
  const made = (file) => execFileSync(sample("two-years/run"), [file], { env: { ...process.env, TIES: process.env.TIES_PROGRAM } });
  const { page, shows } = await site(t, { made, today: "2026-06-30", width: 1100, height: 640 });
  await page.clock.setFixedTime(new Date("2026-06-30T09:00:00Z"));
  for (const name of ["flow", "lift"]) {
    await shows(`/reports?report=${name}`);
    await finding(page).waitFor();
    await quiet(page);
    isAsItWas(await page.screenshot(), `report-${name}`);
  }
});
