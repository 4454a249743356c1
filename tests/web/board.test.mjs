import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, site } from "./browser.mjs";

const search = [
  ["contact", "add", "Ishaan Devrukhkar", "--company", "Lanternfield Research", "--title", "Principal Engineer"],
  ["contact", "add", "Ottilie Brackwater", "--company", "Lanternfield Research", "--title", "Manager"],
  ["company", "target", "Lanternfield Research"],
  ["application", "add", "Research Engineer", "--company", "Lanternfield Research", "--source", "referral", "--on", "2026-01-10"],
  ["application", "add", "Tooling Engineer", "--company", "Emberworks", "--source", "cold", "--priority", "1"],
];
const card = (page, id) => page.locator(`[data-card="${id}"]`);
const column = (page, key) => page.locator(`section[data-stage="${key}"]`);
const holds = (page, key, id) => column(page, key).locator(`[data-card="${id}"]`).waitFor();
const said = (page, text) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
const middle = async (locator) => {
  const { x, y, width, height } = await locator.boundingBox();
  return [x + width / 2, y + height / 2];
};

test("a card goes by the mouse, comes back by z, and goes by clicks alone", async (t) => {
  const { page, ties, shows, axe } = await site(t, { commands: search });
  await shows("/board");
  await card(page, 1).waitFor();
  await card(page, 1).getByText(/^Stale: \d+ days$/).waitFor();
  await axe();
  await picture(page, "board");
  await page.mouse.move(...(await middle(card(page, 2).getByText("Emberworks"))));
  await page.mouse.down();
  await page.mouse.move(...(await middle(column(page, "referral"))), { steps: 4 });
  await page.mouse.up();
  await holds(page, "referral", 2);
  await said(page, "Moved Tooling Engineer at Emberworks from Wishlist to Referral.");
  assert.match(new URL(page.url()).pathname, /^\/board$/); // the click that ends a drag opens nothing
  await page.keyboard.press("z");
  await holds(page, "wishlist", 2);

  await card(page, 2).getByRole("button", { name: "Move “Tooling Engineer” to…" }).click();
  await page.getByRole("menuitemradio", { name: "Recruiter screen" }).click();
  await holds(page, "recruiter-screen", 2);
  await card(page, 2).getByRole("button", { name: "Move “Tooling Engineer” to…" }).click();
  await page.getByRole("menuitem", { name: "Up: more wanted" }).click();
  await card(page, 2).getByText("Middle priority").waitFor();
  await card(page, 2).getByRole("button", { name: "Move “Tooling Engineer” to…" }).click();
  await page.getByRole("menuitem", { name: "It has ended…" }).click();
  await page.getByLabel("Outcome").selectOption("ghosted");
  await axe();
  await page.getByRole("button", { name: "Close the application" }).click();
  await page.getByRole("button", { name: /^Ended\s*1$/ }).click();
  await column(page, "ended").getByText("Ghosted").waitFor();
  assert.match(ties("application", "show", "2"), /ghosted/);

  // What another door does shows by itself.
  ties("application", "move", "1", "Offer", "--yes");
  await holds(page, "offer", 1);
});

test("a card goes by the keyboard alone, each step announced; a refusal puts it back", async (t) => {
  const { page, ties, shows } = await site(t, { commands: [...search, ["referral", "add", "Ishaan Devrukhkar", "--company", "Lanternfield Research", "--application", "1"]] });
  const heard = (text) => page.locator('[aria-live="assertive"]').filter({ hasText: text }).waitFor();
  const isOn = (id) => page.waitForFunction((wanted) => document.activeElement?.closest("[data-card]")?.getAttribute("data-card") === wanted, String(id));
  await shows("/board");
  await card(page, 2).waitFor();
  await page.keyboard.press("j");
  await isOn(2);
  await page.keyboard.press("ArrowDown");
  await isOn(1);
  await page.keyboard.press("Space");
  await heard("Research Engineer is lifted. Wishlist, 2 of 2. Arrows move it, Space drops it, Escape puts it back.");
  await page.keyboard.press("ArrowUp");
  await heard("Wishlist, 1 of 2, low priority.");
  await page.keyboard.press("ArrowUp");
  await heard("Wishlist, 1 of 2, middle priority.");
  await page.keyboard.press("ArrowRight");
  await heard("Referral, 1 of 1, middle priority.");
  await isOn(1);
  await page.keyboard.press("Escape");
  await heard("Research Engineer is back in Wishlist.");
  await isOn(1);
  assert.match(ties("application", "show", "1", "--format", "json"), /"priority": 0/);

  // To Applied, though nobody has handed in the referral yet: asked, with the reason.
  for (const key of ["Space", "ArrowRight", "ArrowRight", "Space"]) await page.keyboard.press(key);
  await page.getByRole("dialog", { name: "Are you sure?" }).getByText(/^Referral 1 with Ishaan Devrukhkar/).waitFor();
  await page.keyboard.press("Escape");
  await holds(page, "wishlist", 1);
  await isOn(1);
  await page.keyboard.press("m");
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Do it all the same" }).press("Enter");
  await holds(page, "applied", 1);
  assert.match(ties("application", "show", "1"), /refer before applying/);
  await isOn(1);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Research Engineer" }).waitFor();
});

test("filters are in the address; the table shows the same", async (t) => {
  const { page, shows, axe, ties } = await site(t, { commands: search });
  ties("pipeline", "use", "simple");
  ties("pipeline", "use", "referral");
  await shows("/board?source=cold");
  await card(page, 2).waitFor();
  assert.equal(await card(page, 1).count(), 0);
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like it");
  await page.getByRole("heading", { name: "No application matches" }).waitFor();
  await page.getByRole("main").getByRole("button", { name: "Clear filters" }).last().click();
  await card(page, 1).waitFor();
  await page.keyboard.press("v");
  await page.getByRole("row", { name: /Research Engineer.*Lanternfield Research.*Wishlist/ }).waitFor();
  await page.getByRole("columnheader", { name: "Company" }).getByRole("button").click();
  await page.waitForURL(/sort=company/);
  await page.getByRole("row").nth(1).getByText("Emberworks").waitFor();
  await axe();
  await page.getByRole("link", { name: "Simple" }).click();
  await page.getByRole("heading", { name: "No application here yet" }).waitFor();
});

test("a new application: by c, with what was typed kept, and what is wrong said by its field", async (t) => {
  const { page, ties, shows } = await site(t, { commands: search });
  await shows("/board");
  await card(page, 1).waitFor();
  await page.keyboard.press("c");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("alert").getByText("Role is needed.").waitFor();
  await page.getByLabel("Role").fill("Compiler Engineer <b>");
  await page.reload();
  await card(page, 1).waitFor();
  await page.keyboard.press("c");
  await page.getByRole("dialog", { name: "New application" }).waitFor();
  assert.equal(await page.getByLabel("Role").inputValue(), "Compiler Engineer <b>");
  await page.getByRole("combobox", { name: "Company" }).fill("Quillmark & Sons");
  await page.getByLabel("Stage").and(page.locator("select")).selectOption("Applied");
  await page.getByRole("dialog").getByRole("combobox", { name: "Referrer" }).fill("Ishaan");
  await page.getByRole("option", { name: /Ishaan Devrukhkar/ }).click();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await holds(page, "applied", 3);
  const shown = ties("application", "show", "3");
  assert.match(shown, /Compiler Engineer <b>/);
  assert.match(shown, /Quillmark & Sons/);
  assert.match(shown, /Ishaan Devrukhkar/);
});

test("on a phone one stage is shown; a finger takes the handle, or the menu", async (t) => {
  const { page, shows, axe, context } = await site(t, { commands: search, phone: true });
  await shows("/board");
  await card(page, 1).waitFor();
  assert.ok(await card(page, 1).isVisible());
  await axe();
  await picture(page, "board-phone");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await card(page, 2).getByRole("button", { name: "Move “Tooling Engineer” to…" }).tap();
  const { height } = await page.getByRole("menuitemradio", { name: "Offer" }).boundingBox();
  assert.ok(height >= 44);
  await page.getByRole("menuitemradio", { name: "Offer" }).tap();
  await said(page, "from Wishlist to Offer");
  await page.getByRole("button", { name: /^Offer\s*1$/ }).tap();
  await card(page, 2).getByRole("link", { name: "Tooling Engineer" }).tap();
  await page.getByRole("heading", { level: 1, name: "Tooling Engineer" }).waitFor();
  await axe();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);

  await shows("/board");
  await card(page, 1).waitFor();
  const finger = await context.newCDPSession(page);
  const touch = (type, at) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
  const from = await middle(card(page, 1).locator(".board-handle"));
  const to = await middle(page.locator('.board-picker [data-stage="referral"]'));
  await touch("touchStart", from);
  for (const part of [0.2, 0.6, 1]) await touch("touchMove", from.map((start, n) => start + (to[n] - start) * part));
  await touch("touchEnd");
  await said(page, "Moved Research Engineer at Lanternfield Research from Wishlist to Referral.");
});

test("an application: its rounds, its checklist, its people, its papers", async (t) => {
  const { page, ties, shows, axe, url, context } = await site(t, { commands: [...search, ["application", "move", "1", "Interviews"]], scheme: "dark" });
  await shows("/applications/1");
  await page.getByRole("checkbox", { name: "Look up each interviewer" }).check();
  await said(page, "look up each interviewer");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Add a round" }).click();
  await page.getByLabel("Kind").fill("coding");
  await page.getByLabel("When").fill("2026-02-12T14:00");
  await page.getByLabel("Time zone").fill("Europe/Oslo");
  await page.getByRole("combobox", { name: "Interviewers" }).fill("Ottilie");
  await page.getByRole("option", { name: /Ottilie Brackwater/ }).click();
  await page.getByLabel("Preparation").fill("Read the lexer");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("heading", { level: 3, name: "Coding" }).waitFor();
  await page.getByText("Thu 12 Feb, 14:00 (Oslo)", { exact: true }).waitFor();
  await page.locator("summary", { hasText: "Ottilie Brackwater" }).click();
  await page.getByText("Manager at Lanternfield Research").waitFor();
  await page.getByRole("button", { name: "Say how it went" }).click();
  await page.getByLabel("Result").selectOption("passed");
  await page.keyboard.press("Control+Enter");
  await page.getByText("A thank-you is due").waitFor();
  await page.getByRole("button", { name: "Thanked" }).click();
  await page.getByText(/Thanked on/).waitFor();

  await page.getByRole("button", { name: "Add a person" }).click();
  await page.getByRole("combobox", { name: "Who" }).fill("Ishaan");
  await page.getByRole("option", { name: /Ishaan Devrukhkar/ }).click();
  await page.getByLabel("Part", { exact: true }).selectOption("Hiring manager");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Remove Ishaan Devrukhkar as hiring manager" }).waitFor();
  await page.getByRole("button", { name: "Add a document" }).click();
  await page.getByLabel("Title and version").fill("CV, version 7");
  await page.getByLabel("Address").fill("https://files.example/cv-7.pdf");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("link", { name: "CV, version 7" }).waitFor();
  await page.keyboard.press("l");
  await page.keyboard.type("they answer within a week");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("listitem").getByText("they answer within a week").waitFor();
  await axe();
  await picture(page, "application", { fullPage: true });

  // In place; and two windows that edit one field are shown both versions.
  await page.getByLabel("Team").click();
  const other = await context.newPage();
  await other.goto(`${url}/applications/1`);
  await other.getByLabel("Team").click();
  await other.getByLabel("Team").fill("Runtime");
  await other.keyboard.press("Enter");
  await other.getByRole("button", { name: "Team" }).filter({ hasText: "Runtime" }).waitFor();
  await page.waitForTimeout(300);
  await page.getByLabel("Team").fill("Compilers");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "It was changed meanwhile" }).getByText("Runtime").waitFor();
  await page.getByRole("button", { name: "Take mine" }).click();
  await page.getByRole("button", { name: "Team" }).filter({ hasText: "Compilers" }).waitFor();
  assert.match(ties("application", "show", "1", "--format", "json"), /"team": "Compilers"/);

  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("#");
  await page.getByRole("heading", { level: 1, name: "Board" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await card(page, 1).waitFor();
});

test("from whom I know at a company to a referral, told how it ended", async (t) => {
  const { page, ties, shows, axe } = await site(t, { commands: search });
  await shows("/companies");
  await page.getByRole("row", { name: /Lanternfield Research Target/ }).waitFor();
  await axe();
  await picture(page, "companies");
  await page.getByRole("link", { name: "Lanternfield Research" }).click();
  await page.getByRole("heading", { name: "Who do I know here?" }).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Ishaan Devrukhkar" }).getByText("Principal Engineer").waitFor();
  await axe();
  await picture(page, "company");
  await page.getByRole("button", { name: "Add another name" }).click();
  await page.getByLabel("The other name").fill("lanternfield.example");
  await page.getByLabel("Kind").selectOption("Domain");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Remove lanternfield.example" }).click();
  await page.getByText("Other names, mail domains").waitFor();

  await page.getByRole("listitem").filter({ hasText: "Ishaan Devrukhkar" }).getByRole("button", { name: "Ask" }).click();
  await page.getByRole("menuitem", { name: "Ask for a referral…" }).click();
  assert.match(await page.getByLabel("What to write").inputValue(), /^Hello Ishaan,[\s\S]*Research Engineer at Lanternfield Research/);
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.getByRole("heading", { level: 1, name: "Referral by Ishaan Devrukhkar" }).waitFor();
  await page.getByText("Ask Ishaan Devrukhkar for a referral at Lanternfield Research").waitFor();
  await axe();
  await picture(page, "referral");
  await page.getByRole("button", { name: "I asked" }).click();
  await page.getByLabel("How it was asked").fill("by chat");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByRole("dialog", { name: "Are you sure?" }).waitFor();
  await page.getByRole("button", { name: "Do it all the same" }).click();
  await page.getByRole("button", { name: "They agreed" }).click();
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByRole("button", { name: "I told them how it ended" }).click();
  await page.getByText("Told how it ended").waitFor();
  const shown = ties("referral", "show", "1");
  assert.match(shown, /agreed/);
  assert.match(shown, /cold ask/);
});

const met = (name) => ["2026-03-01", "2026-02-01", "2026-01-04", "2025-12-01", "2025-11-02", "2025-10-01"].map((on) => ["interaction", "add", name, "--kind", "coffee", "--on", on]);

test("over a friend to somebody at a company: who may introduce me, asked for and planned", async (t) => {
  const friend = [["contact", "add", "Priya Nair", "--company", "Emberworks"], ["contact", "edit", "Ottilie", "--met-through", "Priya"], ...met("Priya Nair")];
  const { page, ties, shows, axe } = await site(t, { commands: [...search, ...friend], today: "2026-03-04" });
  await shows("/companies/1");
  const way = page.getByRole("listitem").filter({ hasText: "You met Ottilie Brackwater through Priya Nair." });
  await way.getByText("Ask Priya Nair to introduce you to Ottilie Brackwater.").waitFor();
  await axe();
  await picture(page, "company-ways");
  await way.getByRole("button", { name: "Ask for an introduction to Ottilie Brackwater by Priya Nair" }).click();
  assert.match(await page.getByLabel("What to write").inputValue(), /^Hello Priya,[\s\S]*I think that you know Ottilie Brackwater there/);
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.getByRole("heading", { level: 1, name: "Referral by Ottilie Brackwater" }).waitFor();
  assert.match(ties("referral", "show", "1"), /Priya Nair/);
  await page.getByText("Ask Priya Nair for an introduction to Ottilie Brackwater at Lanternfield Research").waitFor();
  await shows("/contacts/3");
  await page.getByRole("heading", { name: "Who may introduce me" }).waitFor();
  await axe();
});

test("whom to ask: at all targets, ranked, with reasons that lead to their records", async (t) => {
  const { page, shows, axe } = await site(t, { commands: [...search, ...met("Ishaan Devrukhkar"), ["contribution", "add", "Fold loops", "--company", "1", "--reviewed-by", "Ishaan Devrukhkar"]], today: "2026-03-04" });
  await shows("/companies");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.getByText("1 ready to be asked at your targets and open applications, 0 to warm up first, 1 not yet.").waitFor();
  await page.getByRole("link", { name: "Knows your work: reviewed 'Fold loops'." }).waitFor();
  await page.getByText("Get in touch first: there was no conversation yet.").waitFor();
  await axe();
  await picture(page, "ready");
  await page.getByRole("button", { name: "Ask Ishaan Devrukhkar" }).click();
  await page.getByRole("button", { name: "Plan it" }).click();
  await page.getByRole("heading", { level: 1, name: "Referral by Ishaan Devrukhkar" }).waitFor();
});

test("a company by hand: found, marked, deleted and brought back; hostile names show as text", async (t) => {
  const name = "<img src=x onerror=alert(1)> \u202eevil\u202c " + "very".repeat(40);
  const { page, ties, shows, axe } = await site(t, { commands: [["company", "add", name]], width: 320 });
  await shows("/companies");
  await page.getByRole("link", { name: /onerror/ }).waitFor();
  await page.keyboard.press("c");
  await page.getByLabel("Name").fill("Quillmark");
  await page.getByLabel("I want to work there").check();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Quillmark" }).waitFor();
  assert.match(ties("company", "list", "--targets"), /Quillmark/);
  await page.keyboard.press("t");
  await page.getByRole("button", { name: "Make it a target" }).waitFor();
  await page.getByRole("button", { name: "More for this company" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("heading", { level: 1, name: "Companies" }).waitFor();
  await page.keyboard.press("z");
  await page.getByRole("link", { name: "Quillmark" }).waitFor();
  await page.getByRole("link", { name: /onerror/ }).click();
  await page.getByRole("heading", { level: 1, name: /<img src=x/ }).waitFor();
  await axe();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});

test("a new file: the stages are chosen first", async (t) => {
  const { page, shows, axe } = await site(t);
  // As a file is that no command has touched yet.
  await page.route("**/api/v1/pipelines?*", (route) => route.fulfill({ json: { items: [], total: 0, next: null } }), { times: 1 });
  await shows("/board");
  await page.getByRole("heading", { name: "Which stages shall your applications go through?" }).waitFor();
  await axe();
  await page.getByRole("button", { name: "Few stages" }).click();
  await page.getByRole("heading", { name: "No application here yet" }).waitFor();
  await page.getByRole("button", { name: "New application" }).first().click();
  await page.getByLabel("Role").fill("Baker");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Baker" }).waitFor();
});
