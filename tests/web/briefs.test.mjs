// Briefs before a talk and drafts of messages, by keys and by the mouse, in a real browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { site } from "./browser.mjs";

const today = "2026-03-04";
const search = [
  ["contact", "add", "Ada Winterbourne", "--company", "Quillmark", "--title", "Staff Engineer", "--notes", "<img src=x onerror=alert(1)>"],
  ["contact", "add", "Bo Halvorsen"],
  ["event", "add", "LoopConf"],
  ["interaction", "add", "ada", "--kind", "met", "--on", "2026-02-01", "--event", "LoopConf", "--text", "her poster on spilling"],
  ["application", "add", "Compiler Engineer", "--company", "Quillmark", "--stage", "applied"],
  ["interview", "add", "1", "--kind", "coding", "--at", "2026-03-10 10:00", "--with", "ada", "--prepare", "warm up with graphs"],
  ["referral", "add", "ada", "--application", "1", "--state", "submitted"],
  ["task", "add", "send the slides", "--contact", "ada", "--due", "2026-03-04"],
  ["init", "--name", "Signe Arvelund"],
];
/** What the page copies, since no test may read the clipboard of the machine. */
const catchesCopies = (page) =>
  page.addInitScript(() => {
    window.copied = [];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void window.copied.push(text) } });
  });

test("a contact's brief opens by a key, reads as the service tells it, and leads back", async (t) => {
  const { page, shows, axe } = await site(t, { commands: search, today });
  await shows("/contacts/2");
  await page.getByText("Last contact").waitFor();
  await page.keyboard.press("b");
  await page.waitForURL("**/brief/contacts/2");
  const brief = page.locator(".brief");
  await brief.getByText("Personal data of others").waitFor();
  assert.equal(await page.locator("h1").innerText(), "Brief: Ada Winterbourne");
  assert.match(await page.title(), /Brief: Ada Winterbourne/);
  for (const words of ["Staff Engineer at Quillmark", "her poster on spilling", "send the slides", "<img src=x onerror=alert(1)>"]) assert.ok((await brief.innerText()).includes(words), words);
  assert.equal(await brief.locator("img, script, style, link").count(), 0);
  await axe();
  await page.keyboard.press("e");
  await page.waitForURL("**/contacts/2");
});

test("every record has its brief, and one fits a printed page", async (t) => {
  const { page, shows, url } = await site(t, { commands: search, today });
  for (const [from, to, words] of [["/companies/1", "/brief/companies/1", "Whom I know"], ["/applications/1", "/brief/applications/1", "Where it stands"]]) {
    await shows(from);
    await page.getByRole("button", { name: "Brief", exact: true }).click();
    await page.waitForURL(`**${to}`);
    await page.getByRole("heading", { name: words }).waitFor();
  }
  await shows("/applications/1");
  await page.getByRole("link", { name: /^Brief for Coding/ }).click();
  await page.waitForURL("**/brief/interviews/1");
  await page.getByText("warm up with graphs").waitFor();
  for (const path of ["/brief/contacts/2", "/brief/companies/1", "/brief/applications/1", "/brief/interviews/1"]) {
    await page.goto(url + path);
    await page.locator(".brief h2").first().waitFor();
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    assert.equal((pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, 1, path);
  }
});

test("an interviewer's dossier on the application is that of the brief", async (t) => {
  const { page, shows } = await site(t, { commands: search, today });
  await shows("/applications/1");

  await page.locator("summary", { hasText: "Ada Winterbourne" }).click();
  const dossier = page.locator(".dossier");
  await dossier.getByText("1 Feb 2026, met: her poster on spilling").waitFor();
  assert.match(await dossier.innerText(), /Job\s+Staff Engineer at Quillmark/);
});

test("a draft is filled, its gaps are told in words, and what was sent is noted when the user says so", async (t) => {
  const { page, shows, ties, axe } = await site(t, { commands: search, today });
  await catchesCopies(page);
  await shows("/contacts/2");
  await page.getByText("Last contact").waitFor();
  await page.keyboard.press("w");
  const dialog = page.getByRole("dialog", { name: "Draft to Ada Winterbourne" });
  await dialog.getByLabel("Message").waitFor();
  await dialog.getByLabel("Template").selectOption({ label: "After an event" });
  await page.waitForFunction(() => document.querySelector("dialog textarea")?.value.includes("LoopConf"));
  const gaps = dialog.locator(".gaps li");
  assert.deepEqual(await gaps.allInnerTexts(), ["{work_link}: no public work was noted"]);
  await axe();
  const text = await dialog.getByLabel("Message").inputValue();
  await dialog.getByLabel("Message").fill(text.replace("{work_link}", "https://me.example"));
  assert.equal(await gaps.count(), 0);
  assert.equal(await dialog.getByRole("button", { name: "Sent: note it" }).count(), 0);
  await dialog.getByRole("button", { name: "Copy" }).click();
  assert.match((await page.evaluate(() => window.copied))[0], /^Subject: Good to meet you at LoopConf\n\nHi Ada,\n\n[^]*https:\/\/me\.example/);
  assert.ok(!ties("interaction", "list", "--json").includes("https://me.example"), "nothing is noted before the user says so");
  await dialog.getByRole("button", { name: "Sent: note it" }).click();
  await dialog.waitFor({ state: "detached" });
  const [noted] = JSON.parse(ties("interaction", "list", "--json"));
  assert.equal(noted.kind, "message");
  assert.equal(noted.direction, "out");
  assert.ok(noted.text.includes("https://me.example"));
});

test("what was changed in a draft is there again after it was closed", async (t) => {
  const { page, shows } = await site(t, { commands: search, today });
  await shows("/contacts/3");
  await page.getByRole("button", { name: "Draft…" }).click();
  const message = page.getByRole("dialog").getByLabel("Message");
  await message.fill("Hei Bo, kaffe?");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("button", { name: "Draft…" }).click();
  await page.waitForFunction(() => document.querySelector("dialog textarea")?.value === "Hei Bo, kaffe?");
});

test("an ask out of the blue warns, and is drafted all the same", async (t) => {
  const { page, shows } = await site(t, { commands: search, today });
  await shows("/contacts/3");
  await page.getByRole("button", { name: "Draft…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Message").waitFor();
  await dialog.getByLabel("Template").selectOption({ label: "Asking for a referral" });
  await dialog.getByText("Cold ask").waitFor();
  assert.match(await dialog.getByRole("alert").innerText(), /Bo Halvorsen is not ready to be asked/);
});

test("a referral's thanks are drafted from its page, and noted there", async (t) => {
  const { page, shows, ties } = await site(t, { commands: search, today });
  await catchesCopies(page);
  await shows("/referrals/1");
  await page.getByText("What comes next").waitFor();
  await page.keyboard.press("w");
  const dialog = page.getByRole("dialog");
  await page.waitForFunction(() => document.querySelector("dialog textarea")?.value.includes("Compiler Engineer at Quillmark"));
  await dialog.getByRole("button", { name: "Copy" }).click();
  await dialog.getByRole("button", { name: "Sent: note it" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal(JSON.parse(ties("referral", "show", "1", "--json")).thanked_on, today);
});

test("Today drafts what a row asks for, by a key", async (t) => {
  const { page, shows } = await site(t, { commands: [...search, ["interaction", "add", "halvorsen", "--kind", "met", "--on", "2026-03-01", "--event", "LoopConf"]], today });
  await shows("/");
  const row = page.locator(".today-row", { hasText: "Bo Halvorsen" }).first();
  await row.getByRole("link").first().focus();
  await page.keyboard.press("w");
  await page.waitForFunction(() => document.querySelector("dialog textarea")?.value.includes("good to meet you at LoopConf"));
  assert.equal(await page.getByRole("dialog").getByLabel("Subject").inputValue(), "Good to meet you at LoopConf");
});

test("templates are changed, reset and added in the settings, with every place explained", async (t) => {
  const { page, shows, axe, ties } = await site(t, { commands: search, today });
  await shows("/settings?tab=templates");
  await page.getByText("{first_name}", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Edit Thanks" }).click();
  await page.getByLabel("Message").fill("Takk, {frist_name}!");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("did you mean 'first_name'?").waitFor();
  await page.getByLabel("Message").fill("Takk, {first_name}!");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Changed", { exact: true }).waitFor();
  assert.match(ties("draft", "thanks", "ada", "--quiet"), /Takk, Ada!/);
  await axe();
  await page.getByRole("button", { name: "Reset Thanks" }).click();
  await page.getByText("Changed", { exact: true }).waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await page.getByLabel("Name").fill("Coffee");
  await page.getByLabel("Message").fill("Coffee, {first_name}?");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Yours", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Delete Coffee" }).click();
  await page.getByText("Yours", { exact: true }).waitFor({ state: "detached" });
});
