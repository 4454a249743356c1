import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { picture, site } from "./browser.mjs";

const day = "2026-11-24";
const add = (name, ...more) => ["contact", "add", name, ...more];
const people = [
  add("Ada Lovelace", "--company", "Northwind", "--title", "Engineer", "--tag", "compilers", "--email", "ada@northwind.example"),
  add("Bruno Kettering", "--company", "Northwind", "--title", "Recruiter", "--tag", "recruiter"),
  add("Cleo Marsh", "--company", "Fjordlys", "--title", "Researcher"),
  add("Dov Aldermann", "--company", "Fjordlys"),
];
const row = (page, name) => page.getByRole("row").filter({ hasText: name });
const names = (page) => page.locator(".grid-row [data-phone=start]").allTextContents();
const settled = (page, wanted) => page.waitForFunction((wanted) => JSON.stringify([...document.querySelectorAll(".grid-row [data-phone=start]")].map((cell) => cell.textContent.trim())) === wanted, JSON.stringify(wanted));

test("contacts: search as you type, chips, filters, order and the address", async (t) => {
  const { page, url, ties, shows, axe } = await site(t, { commands: people, today: day });
  await shows("/contacts");
  await settled(page, ["Ada Lovelace", "Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);
  await page.keyboard.press("/");
  await page.keyboard.type("company:Northwind -tag:recruiter");
  await settled(page, ["Ada Lovelace"]);
  assert.equal(new URL(page.url()).searchParams.get("q"), "company:Northwind -tag:recruiter");
  assert.deepEqual(await page.getByRole("list", { name: "Filters" }).getByRole("listitem").allTextContents(), ["Company: Northwind", "Not: Tag: recruiter"]);
  await axe();
  await page.getByRole("button", { name: "Remove Not: Tag: recruiter" }).click();
  await settled(page, ["Ada Lovelace", "Bruno Kettering"]);
  assert.equal(await page.getByLabel("Search the contacts").inputValue(), "company:Northwind");

  // A word that is not understood is told beside the field; the rows stay.
  await page.getByLabel("Search the contacts").fill("is:starr");
  await page.getByText("did you mean 'starred'?").waitFor();
  await page.getByLabel("Search the contacts").fill("");
  await settled(page, ["Ada Lovelace", "Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);

  // By the menu, and by a head; Back goes back.
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("menuitem", { name: "With email" }).click();
  await settled(page, ["Ada Lovelace"]);
  await page.goBack();
  await settled(page, ["Ada Lovelace", "Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);
  await page.getByRole("columnheader").getByRole("button", { name: "Name" }).click();
  await page.getByRole("columnheader").getByRole("button", { name: "Name" }).click();
  await settled(page, ["Dov Aldermann", "Cleo Marsh", "Bruno Kettering", "Ada Lovelace"]);
  assert.equal(page.url(), `${url}/contacts?sort=-name`);

  // What the command line does shows by itself.
  ties("contact", "add", "Zora Quill");
  await settled(page, ["Zora Quill", "Dov Aldermann", "Cleo Marsh", "Bruno Kettering", "Ada Lovelace"]);

  // Nobody fits: one may be made of what was typed.
  await page.getByLabel("Search the contacts").fill("Edda");
  await page.getByRole("heading", { name: "Nobody fits" }).waitFor();
  await page.getByRole("button", { name: "Create “Edda”" }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Company" }).fill("Acme Labs");
  await page.getByRole("dialog").getByRole("combobox", { name: "Met at (event)" }).fill("PyCon26");
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await page.getByRole("heading", { level: 1, name: "Edda" }).waitFor();
  assert.match(ties("contact", "show", "Edda"), /PyCon26[\s\S]*Acme Labs/);
});

test("contacts: everything by keyboard, with undo", async (t) => {
  const { page, ties, shows, axe } = await site(t, { commands: people, today: day, scheme: "dark" });
  await shows("/contacts");
  await settled(page, ["Ada Lovelace", "Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);
  for (const key of ["j", "x", "Shift+ArrowDown", "t"]) await page.keyboard.press(key);
  await page.getByRole("dialog").getByRole("combobox", { name: "Tag" }).waitFor();
  await page.keyboard.type("friends");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByText(/Edited 2 contacts/).first().waitFor();
  assert.match(ties("contact", "list", "tag:friends"), /Bruno[\s\S]*Cleo/);
  await page.keyboard.press("z");
  await page.getByText(/undid/i).waitFor();
  assert.doesNotMatch(ties("contact", "show", "Cleo"), /friends/);
  await page.getByText("2 selected").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByText("2 selected").count(), 0);

  // Space previews; # deletes, z brings back; c makes somebody new.
  await page.keyboard.press("k");
  await page.keyboard.press(" ");
  await page.getByRole("complementary", { name: "Preview" }).getByRole("heading", { name: "Bruno Kettering" }).waitFor();
  await picture(page, "contacts");
  await axe();
  await page.keyboard.press("#");
  await settled(page, ["Ada Lovelace", "Cleo Marsh", "Dov Aldermann"]);
  await page.keyboard.press("z");
  await settled(page, ["Ada Lovelace", "Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);
  await page.keyboard.press("]");
  await settled(page, []);
  await page.keyboard.press("[");
  await settled(page, ["Ada Lovelace", "Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);
  await page.keyboard.press("c");
  await page.keyboard.type("Eno Vale");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Eno Vale" }).waitFor();

  // From a record to the next one of the list, and back to where one was.
  await page.goto(page.url().replace(/contacts.*/, "contacts?q=Northwind"));
  await settled(page, ["Ada Lovelace", "Bruno Kettering"]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Ada Lovelace" }).waitFor();
  await page.keyboard.press("J");
  await page.getByRole("heading", { level: 1, name: "Bruno Kettering" }).waitFor();
  await page.keyboard.press("J");
  await page.getByText("That was the last of the list.").waitFor();
  await page.keyboard.press("K");
  await page.getByRole("heading", { level: 1, name: "Ada Lovelace" }).waitFor();
  await page.goBack();
  await settled(page, ["Ada Lovelace", "Bruno Kettering"]);
});

test("contacts: by clicks alone, many at once, all that fit", async (t) => {
  const { page, ties, shows } = await site(t, { commands: people, today: day });
  await shows("/contacts?q=Northwind");
  await page.getByRole("checkbox", { name: "Select Ada Lovelace" }).click();
  await page.getByRole("button", { name: "Select all 2" }).click();
  await page.getByRole("button", { name: "Star", exact: true }).click();
  await page.getByText(/Edited 2 contacts/).first().waitFor();
  assert.equal(ties("--json", "contact", "list", "is:starred").match(/"id"/g).length, 2);
  await page.getByRole("button", { name: "More for those selected" }).click();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "As vCard" }).click()]);
  assert.match(file.url(), /exports\/contacts\?format=vcard&where=Northwind/);
  await page.getByRole("button", { name: "Clear the selection" }).click();
  await page.getByRole("checkbox", { name: "Select Ada Lovelace" }).click();
  await page.getByRole("checkbox", { name: "Select Bruno Kettering" }).click();
  await page.getByRole("button", { name: "More for those selected" }).click();
  await page.getByRole("menuitem", { name: "Merge the two…" }).click();
  await page.getByRole("columnheader", { name: "Mine: Ada Lovelace" }).waitFor();
  assert.match(page.url(), /\/contacts\/duplicates\?pair=\d+-\d+$/);
});

test("contacts: a long list has few nodes, and no row jumps or stays empty after fast scrolling", async (t) => {
  const { page, ties, shows } = await site(t);
  const folder = mkdtempSync(join(tmpdir(), "ties-many-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const lines = Array.from({ length: 2000 }, (_, n) => `Person,Number${String(n).padStart(4, "0")},Company ${n % 40},Engineer`);
  writeFileSync(join(folder, "people.csv"), `First Name,Last Name,Company,Position\n${lines.join("\n")}\n`);
  ties("import", join(folder, "people.csv"));
  await shows("/contacts");
  await row(page, "Person Number0000").waitFor();
  const seen = await page.evaluate(async () => {
    const grid = document.querySelector(".grid");
    const rows = () => [...document.querySelectorAll(".grid-row")];
    let moved = 0;
    let nodes = 0;
    for (let n = 0; n < 20; n += 1) {
      grid.scrollTop = ((n * 7) % 20) * 3600;
      await new Promise((done) => setTimeout(done, 30));
      moved += rows().filter((row) => row.offsetTop !== (Number(row.ariaRowIndex ?? row.getAttribute("aria-rowindex")) - 2) * 36).length;
      nodes = Math.max(nodes, document.querySelectorAll("*").length);
    }
    return { moved, nodes };
  });
  assert.equal(seen.moved, 0);
  assert.ok(seen.nodes <= 1500, `${seen.nodes} nodes`);
  await page.waitForFunction(() => [...document.querySelectorAll(".grid-row")].every((row) => row.textContent.trim()));
  await page.keyboard.press("End");
  await row(page, "Person Number1999").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Person Number1999" }).waitFor();
  await page.goBack();
  await row(page, "Person Number1999").waitFor();
});

test("contacts: views are kept as tabs with their counts, and one opens the page", async (t) => {
  const { page, shows } = await site(t, { commands: people, today: day });
  await shows("/contacts?q=company:Fjordlys&sort=-name");
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitem", { name: "Keep this view…" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Fjord people");
  await page.getByRole("dialog").getByLabel("Open Contacts with it").check();
  await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
  await page.getByRole("link", { name: "Fjord people 2" }).waitFor();
  await shows("/contacts");
  await settled(page, ["Dov Aldermann", "Cleo Marsh"]);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await page.getByRole("menuitem", { name: "Forget the view" }).click();
  await page.getByRole("link", { name: "Fjord people" }).waitFor({ state: "detached" });
});

test("a contact: log, promise, follow-up, favour, how we met, all in place and live", async (t) => {
  const { page, ties, shows, axe } = await site(t, { commands: people, today: day });
  const id = JSON.parse(ties("--json", "contact", "show", "Ada Lovelace")).id;
  await shows(`/contacts/${id}`);
  await page.getByRole("link", { name: "ada@northwind.example" }).waitFor();

  // What is typed is kept over a reload.
  await page.keyboard.press("l");
  await page.keyboard.type("Talked on lowering");
  await page.reload();
  const text = page.getByLabel("What happened").first();
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "Talked on lowering");
  await page.getByLabel("Kind").selectOption("call");
  await page.getByText("More: direction, event, private, a promise").click();
  await page.getByLabel("What was promised").fill("send the benchmark");
  await page.getByLabel("Until").fill("2026-11-30");
  await page.getByLabel("Private: leaves by no export").check();
  await text.press("Control+Enter");
  await page.locator(".timeline").getByText("Talked on lowering").waitFor();
  await page.locator(".timeline").getByText("Private").waitFor();
  await page.getByText("I owe it, Mon 30 Nov").waitFor();
  assert.equal(await text.inputValue(), "");

  // An entry is corrected where it stands.
  await page.getByRole("button", { name: /What to do with this entry/ }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.locator(".timeline textarea").fill("Talked on lowering, and pay");
  await page.locator(".timeline").getByRole("button", { name: "Save" }).click();
  await page.locator(".timeline").getByText("Talked on lowering, and pay").waitFor();

  // Fields: saved on leaving them, cleared when emptied, undone by z.
  await page.getByRole("button", { name: "Headline" }).click();
  await page.keyboard.type("compilers");
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "Headline" }).getByText("compilers").waitFor();
  await page.locator("h1").click();
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Headline" }).getByText("Add").waitFor();
  await page.getByRole("button", { name: "Through" }).click();
  await page.keyboard.type("Bruno");
  await page.getByRole("option", { name: /Bruno Kettering/ }).click();
  await page.locator(".contact-facts").getByRole("link", { name: "Bruno Kettering" }).waitFor();
  await page.getByLabel("How often").click();
  await page.getByLabel("How often").selectOption("3m");
  await page.getByRole("button", { name: "How often" }).getByText("Every 3 months").waitFor();

  // A favour, a task by f, and done with d.
  await page.getByRole("button", { name: "Note a favour" }).click();
  await page.getByRole("dialog").getByLabel("What").fill("Read her draft");
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await page.getByText("You helped 1 time more.").waitFor();
  await page.keyboard.press("f");
  await page.getByRole("dialog").getByLabel("What").fill("Ask about the talk");
  await page.getByRole("dialog").getByLabel("When").fill("tomorrow");
  await page.keyboard.press("Enter");
  await page.getByText("I owe it, Wed 25 Nov").waitFor();
  await page.keyboard.press("d");
  await page.getByText("I owe it, Wed 25 Nov").waitFor({ state: "detached" });
  assert.doesNotMatch(ties("task", "list"), /Ask about the talk/);

  // From outside, at once.
  ties("contact", "edit", "Ada Lovelace", "--location", "Bergen");
  await page.getByRole("button", { name: "Lives in" }).getByText("Bergen").waitFor();
  await picture(page, "contact", { fullPage: true });
  await axe();
});

test("a contact: an ask is warned of, erasing asks, deleting is undone", async (t) => {
  const { page, ties, shows, axe } = await site(t, { scheme: "dark", commands: [...people, ["referral", "add", "Ada Lovelace", "--company", "Northwind", "--role", "Engineer", "--state", "asked", "--yes"]], today: day });
  const id = JSON.parse(ties("--json", "contact", "show", "Ada Lovelace")).id;
  await shows(`/contacts/${id}`);
  await page.getByRole("button", { name: "Ask for a referral" }).click();
  await page.getByRole("dialog").getByLabel("Role").fill("Staff Engineer");
  await page.getByRole("button", { name: "Note that I asked" }).click();
  await page.getByRole("heading", { name: "Are you sure?" }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.getByRole("button", { name: "Do it all the same" }).click();
  await page.getByRole("link", { name: "Staff Engineer at Northwind" }).first().waitFor();
  await axe();
  await page.keyboard.press("#");
  await page.waitForURL(/\/contacts$/);
  await page.keyboard.press("z");
  await row(page, "Ada Lovelace").waitFor();
  await shows(`/contacts/${id}`);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Erase for good…" }).click();
  await page.getByText("no undo brings it back").first().waitFor();
  await page.getByRole("button", { name: "Do it all the same" }).click();
  await page.waitForURL(/\/contacts$/);
  await settled(page, ["Bruno Kettering", "Cleo Marsh", "Dov Aldermann"]);
});

test("two tabs that edit one field are shown both versions", async (t) => {
  const { page, ties, shows } = await site(t, { commands: people, today: day });
  const id = JSON.parse(ties("--json", "contact", "show", "Ada Lovelace")).id;
  await shows(`/contacts/${id}`);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole("button", { name: "Headline" }).waitFor();
  await page.bringToFront();
  await page.getByRole("button", { name: "Headline" }).click();
  await page.keyboard.type("compilers");
  await other.bringToFront();
  await other.getByRole("button", { name: "Headline" }).click();
  await other.keyboard.type("databases");
  await other.keyboard.press("Enter");
  await other.getByRole("button", { name: "Headline" }).getByText("databases").waitFor();
  await page.bringToFront();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "It was changed meanwhile" });
  await dialog.getByRole("row", { name: "headline compilers databases" }).waitFor();
  await dialog.getByRole("button", { name: "Keep what is there" }).click();
  await page.getByRole("button", { name: "Headline" }).getByText("databases").waitFor();
  await page.getByRole("button", { name: "Headline" }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("linkers");
  ties("contact", "edit", "Ada Lovelace", "--headline", "loaders");
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await dialog.getByRole("row", { name: "headline linkers loaders" }).waitFor();
  await dialog.getByRole("button", { name: "Take mine" }).click();
  await page.getByRole("button", { name: "Headline" }).getByText("linkers").waitFor();
  assert.match(ties("contact", "show", "Ada Lovelace"), /linkers/);
});

test("duplicates: side by side, by fields, merged by keys and undone; two people stay two", async (t) => {
  const twins = [add("Zoë Brandtner-Kiesel", "--company", "Nimbelwood", "--headline", "linkers"), add("Zoë Brandtner", "--company", "Nimbelwood", "--headline", "loaders")];
  const { page, ties, shows, axe } = await site(t, { commands: [...people, ...twins], today: day });
  await shows("/contacts/duplicates");
  await page.getByRole("columnheader", { name: "Mine: Zoë Brandtner-Kiesel" }).waitFor();
  await axe();
  await picture(page, "duplicates");
  await page.getByRole("radio", { name: "Headline: keep theirs, loaders" }).check();
  await page.keyboard.press("m");
  await page.getByRole("heading", { name: "Nobody is here twice" }).waitFor();
  assert.match(ties("contact", "list", "Brandtner"), /Kiesel/);
  assert.equal(JSON.parse(ties("--json", "contact", "show", "Zoë Brandtner-Kiesel")).headline, "loaders");
  await page.keyboard.press("z");
  await page.getByRole("columnheader", { name: "Mine: Zoë Brandtner-Kiesel" }).waitFor();
  await page.keyboard.press("d");
  await page.getByRole("heading", { name: "Nobody is here twice" }).waitFor();
  assert.equal(JSON.parse(ties("--json", "duplicates")).length, 0);
});

test("names from strangers show as text and break nothing, on a phone too", async (t) => {
  const hostile = ["<img src=x onerror=alert>", "\u202Eevil\u202C Name", "Zero\u200BWidth", `Long${"g".repeat(290)}`, "{{7*7}} ${7*7}"];
  const { page, ties, shows, axe } = await site(t, { commands: hostile.map((name) => add(name, "--company", "<b>Bold</b>", "--title", `Very ${"long ".repeat(50)}`)), phone: true, today: day });
  await shows("/contacts");
  await page.getByText("<img src=x onerror=alert>").waitFor();
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.ok(await fits());
  assert.equal(await page.locator("main img, main b").count(), 0);
  // Two lines: name and company above, title and last contact below.
  const boxes = await row(page, "<img").locator("[data-phone]").evaluateAll((cells) => cells.map((cell) => [cell.dataset.phone, Math.round(cell.getBoundingClientRect().top)]));
  const top = Object.fromEntries(boxes);
  assert.equal(top.start, top.end);
  assert.equal(top.under, top["under-end"]);
  assert.ok(top.under > top.start);
  await axe();
  for (const { id, name } of JSON.parse(ties("--json", "contact", "list")).filter(({ name }) => /img|Long/.test(name))) {
    await shows(`/contacts/${id}`);
    await page.getByRole("heading", { name: "About" }).waitFor();
    assert.equal(await page.locator("h1").textContent(), name);
    assert.ok(await fits(), name);
  }
  assert.equal(await page.locator("main img, main b").count(), 0);
  await axe();
  // Logged by taps alone.
  await page.getByLabel("What happened").tap();
  await page.keyboard.type("Hello <script>alert(1)</script>");
  await page.getByRole("button", { name: "Log", exact: true }).tap();
  await page.locator(".timeline").getByText("Hello <script>alert(1)</script>").waitFor();
  const small = await page.locator("main :is(button, a.button, select, summary):visible").evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80)));
  assert.deepEqual(small, []);
});
