// Today, events, contributions, favours and reports: each everyday task by keys alone, by clicks, and on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, sample, site } from "./browser.mjs";

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

const people = [
  ["contact", "add", "Ada Lovelace", "--company", "Northwind"],
  ["contact", "add", "Bo Nkemelu", "--company", "Papermill"],
];
const morning = [
  ...people,
  ["task", "add", "Renew the passport", "--due", "2026-11-22"],
  ["task", "add", "Send the numbers", "--due", "2026-11-24", "--contact", "Ada Lovelace"],
  ["interaction", "add", "Bo Nkemelu", "--kind", "coffee", "--on", "2026-11-10", "--text", "compilers", "--promise", "the slides", "--promised-by", "them", "--by", "2026-11-26"],
  ["application", "add", "Staff Engineer", "--company", "Halcyon", "--on", "2026-10-01"],
  ["application", "move", "1", "Applied", "--on", "2026-10-02"],
  ["application", "add", "Toolchain Lead", "--company", "Papermill", "--on", "2026-11-20", "--deadline", "2026-11-30"],
  ["interview", "add", "2", "--kind", "coding", "--at", "2026-11-25 14:00", "--with", "Bo Nkemelu"],
];
const rows = (page) => page.locator(".today-row .today-what p:first-child");

test("a morning's work by keys alone", async (t) => {
  const { page, ties, shows, axe } = await opened(t, { commands: morning });
  await shows("/");
  await page.getByText("2 things to do now.").waitFor();
  assert.deepEqual(await texts(rows(page)), [
    "Renew the passport",
    "Ada Lovelace: Send the numbers",
    "Ask Bo Nkemelu after their promise: the slides",
    "Staff Engineer at Halcyon: ask once more, or close it as ghosted",
    "Coding: Toolchain Lead at Papermill",
    "Toolchain Lead at Papermill: apply before the deadline",
  ]);
  await axe();
  await picture(page, "today");

  // The first row is at hand from the start: done, and the next has the focus.
  await page.keyboard.press("d");
  await page.getByRole("link", { name: "Renew the passport" }).waitFor({ state: "detached" });
  await toast(page, /^Done/);
  assert.match(ties("task", "list", "--all"), /Renew the passport.*done/);
  await page.keyboard.press("z");
  await page.getByText("Renew the passport").first().waitFor();
  assert.doesNotMatch(ties("task", "list", "--all"), /Renew the passport.*done/);

  // Log, with the row left where it is.
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  while (!(await page.evaluate(() => document.activeElement.innerText)).includes("Send the numbers")) await page.keyboard.press("k");
  await page.keyboard.press("l");
  await page.keyboard.type("she asked for more");
  await page.keyboard.press("Enter");
  await toast(page, /^Logged/);
  assert.match(ties("interaction", "list"), /message.*Ada Lovelace.*she asked for more/);

  // Snooze for three days, by the menu that s opens.
  await page.keyboard.press("s");
  await page.getByRole("menuitem", { name: "Tomorrow" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await toast(page, /27 Nov/);
  assert.match(ties("task", "list"), /Send the numbers.*2026-11-27|2026-11-27.*Send the numbers/);

  // Open, and come back.
  await page.locator(".today-row a", { hasText: "Staff Engineer" }).focus();
  await page.keyboard.press("o");
  await page.waitForURL("**/applications/1");
});

test("by clicks: done takes a typed text along, and one Undo takes both back", async (t) => {
  const { page, ties, shows } = await opened(t, { commands: morning });
  await shows("/");
  const row = page.locator(".today-row", { hasText: "Send the numbers" });
  await row.getByRole("button", { name: /^Log/ }).click();
  await row.getByRole("textbox").fill("sent them by mail");
  await row.getByRole("button", { name: "Done" }).click();
  await toast(page, /logged what was said/);
  assert.match(ties("task", "list", "--all"), /Send the numbers.*done/);
  assert.match(ties("interaction", "list"), /sent them by mail/);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await row.waitFor();
  assert.doesNotMatch(ties("task", "list", "--all"), /Send the numbers.*done/);
  assert.doesNotMatch(ties("interaction", "list"), /sent them by mail/);

  // What has no task of its own is put off here, and shown again.
  const stale = page.locator(".today-row", { hasText: "Staff Engineer" });
  await stale.getByRole("button", { name: /^Snooze/ }).click();
  await page.getByRole("menuitem", { name: "Pick a day…" }).click();
  await page.locator("dialog input[type=date]").fill("2026-12-03");
  await page.getByRole("dialog").getByRole("button", { name: "Snooze" }).click();
  await stale.waitFor({ state: "detached" });
  await page.getByText("1 row put off in this browser.").waitFor();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await stale.waitFor();

  // A closed application says so, and its row is gone.
  await stale.getByRole("button", { name: "Close as ghosted" }).click();
  await stale.waitFor({ state: "detached" });
  assert.match(ties("application", "list", "--all"), /Staff Engineer.*ghosted/);

  // A change by another program shows by itself.
  ties("task", "add", "Water the plants", "--due", "2026-11-24");
  await page.getByText("Water the plants").waitFor();
});

test("a refused row comes back and says why", async (t) => {
  const { page, shows, away, back } = await opened(t, { commands: morning });
  await shows("/");
  const row = page.locator(".today-row", { hasText: "Renew the passport" });
  await row.waitFor();
  const told = page.locator(".today-row", { hasText: "Send the numbers" });
  await told.getByRole("button", { name: /^Log/ }).click();
  await told.getByRole("textbox").fill("typed in vain");
  await away();
  await row.getByRole("button", { name: "Done" }).click();
  await page.getByRole("alert").getByText(/was not reached/).waitFor();
  await row.waitFor();
  await told.getByRole("button", { name: "Done" }).click();
  await told.waitFor();
  assert.equal(await told.getByRole("textbox").inputValue(), "typed in vain");
  await back();
});

test("on a phone: targets are large, nothing is cut, and a row is settled by touch", async (t) => {
  const { page, ties, shows, axe } = await opened(t, { commands: morning, phone: true, scheme: "dark" });
  await shows("/");
  const row = page.locator(".today-row", { hasText: "Renew the passport" });
  await row.waitFor();
  assert.equal(await widest(page), 0);
  for (const box of await Promise.all((await page.locator("main :is(button, .button)").all()).map((one) => one.boundingBox()))) assert.ok(!box || (box.height >= 44 && box.width >= 44), JSON.stringify(box));
  await axe();
  await row.getByRole("button", { name: "Done" }).tap();
  await row.waitFor({ state: "detached" });
  await toast(page, /^Done/);
  assert.match(ties("task", "list", "--all"), /Renew the passport.*done/);
});

test("what a mail suggests is accepted or dismissed", async (t) => {
  const { page, ties, shows } = await opened(t, { commands: [["contact", "add", "Ishaan Devrukhkar"], ["application", "add", "Research Engineer", "--company", "Lanternfield Research", "--on", "2026-03-01"], ["import", sample("mail/takeout")]] });
  await shows("/");
  await page.getByRole("heading", { name: /^From your mail/ }).waitFor();
  const mails = page.locator(".today-row", { has: page.getByRole("button", { name: "Not so" }) });
  const before = await mails.count();
  assert.ok(before >= 1);
  await mails.first().getByRole("button", { name: "Not so" }).click();
  await toast(page, "Undo");
  await page.waitForFunction((count) => [...document.querySelectorAll("button")].filter(({ innerText }) => innerText === "Not so").length === count, before - 1);
  assert.equal(JSON.parse(ties("suggestion", "list", "--format", "json")).length, before - 1);
  await page.keyboard.press("z");
  await page.waitForFunction((count) => [...document.querySelectorAll("button")].filter(({ innerText }) => innerText === "Not so").length === count, before);
});

test("an empty file says how to begin; one with nothing due is calm and names what comes next", async (t) => {
  const { page, ties, shows, axe } = await opened(t, {});
  await shows("/");
  await page.getByRole("heading", { name: "Import LinkedIn" }).waitFor();
  await page.getByText("Get a copy of your data").waitFor();
  assert.equal(await page.getByRole("link", { name: "To the import" }).getAttribute("href"), "/import");
  await axe();
  ties("contact", "add", "Ada Lovelace");
  ties("task", "add", "Read her paper", "--contact", "Ada Lovelace", "--due", "2026-11-28");
  await page.getByText("Nothing needs you now.").waitFor();
  await page.getByText("Next: Ada Lovelace: Read her paper, in 4 days.").waitFor();
});

test("the evening after a conference: rows by keys, pasted lines, a reload, one change, one undo", async (t) => {
  const { page, ties, shows, axe } = await opened(t, { commands: [...people, ["event", "add", "SkerryConf26", "--place", "Oslo", "--starts", "2026-11-21", "--ends", "2026-11-23"]] });
  await shows("/events");
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await page.getByRole("heading", { name: "Who did you meet?" }).waitFor();
  await page.keyboard.press("c");
  await page.keyboard.type("Ada Lov");
  await page.getByRole("option", { name: "Ada Lovelace" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("pruning numbers");
  await page.keyboard.press("Tab");
  await page.keyboard.type("in 2 weeks");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Zoë Brandtner");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Foo, Bar");
  await page.keyboard.press("Tab");
  await page.keyboard.type("# no heading: <b>bold</b>");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("compilers");
  await page.getByText("2 people: 1 new, 1 known").waitFor();

  // Lines of a text fill rows; what is no name is said before anything is made.
  await page.keyboard.press("Enter");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "- Callum Penhallowick (Halcyon): a debugger that steps backwards; follow up friday #debuggers\nHall B has the better coffee");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText("1 row to settle first").waitFor();
  await page.getByText("This does not look like the name of a person").waitFor();
  await axe();
  await picture(page, "event");
  await page.reload();
  await page.getByText("1 row to settle first").waitFor();
  await page.getByRole("button", { name: "Remove row 4" }).click();
  await page.getByText("3 people: 2 new, 1 known").waitFor();
  await page.getByRole("button", { name: "Save 3 people" }).click();
  await toast(page, "Noted 3 people at SkerryConf26.");
  const met = JSON.parse(ties("event", "show", "SkerryConf26", "--format", "json")).people;
  assert.deepEqual(
    met.map(({ name, company, about }) => [name, company, about]).sort(),
    [
      ["Ada Lovelace", "Northwind", "pruning numbers\nfollow up in 2 weeks"],
      ["Callum Penhallowick", "Halcyon", "a debugger that steps backwards\n#debuggers\nfollow up friday"],
      ["Zoë Brandtner", "Foo, Bar", "no heading: <b>bold</b>\n#compilers"],
    ],
  );
  await page.getByRole("heading", { name: "People met there 3" }).waitFor();
  await page.getByRole("heading", { name: "Still to do 2" }).waitFor();
  await page.keyboard.press("z");
  await page.getByText("Nobody yet. Note them above.").waitFor();
  assert.doesNotMatch(ties("contact", "list"), /Callum/);
});

test("two people of one name: the table asks which, and tells them apart", async (t) => {
  const { page, ties, shows } = await opened(t, {
    commands: [
      ["contact", "add", "Ada Lovelace", "--company", "Northwind", "--email", "ada@northwind.example"],
      ["contact", "add", "Ada Lovelace", "--company", "Papermill", "--email", "ada@papermill.example"],
      ["event", "add", "SkerryConf26", "--starts", "2026-11-21"],
    ],
    phone: true,
  });
  await shows("/events/1");
  await page.getByRole("combobox", { name: "Person 1" }).fill("Ada Lovelace");
  await page.getByLabel("What you talked about 1").fill("caches");
  await page.getByText("1 row to settle first").waitFor();
  assert.equal(await page.getByRole("button", { name: /^Save/ }).isDisabled(), true);
  await page.getByLabel(/^Which Ada Lovelace/).selectOption({ label: "Ada Lovelace, Papermill" });
  await page.getByText("1 person: 0 new, 1 known").waitFor();
  assert.equal(await widest(page), 0);
  await page.getByRole("button", { name: "Save 1 person" }).tap();
  await toast(page, "Noted 1 person at SkerryConf26.");
  const met = JSON.parse(ties("event", "show", "1", "--format", "json")).people;
  assert.deepEqual(met.map(({ name, company }) => [name, company]), [["Ada Lovelace", "Papermill"]]);
});

test("an event: made, edited where it stands, deleted, and brought back", async (t) => {
  const { page, ties, shows } = await opened(t, {});
  await shows("/events");
  await page.keyboard.press("c");
  await page.getByLabel("Name").fill("Fjord Meetup");
  await page.getByLabel("First day").fill("2026-12-09");
  await page.getByLabel("Last day").fill("2026-12-01");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText(/ends before it starts/).waitFor();
  await page.getByLabel("Last day").fill("2026-12-10");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Fjord Meetup", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Place" }).click();
  await page.getByRole("textbox", { name: "Place" }).fill("Bergen");
  await page.keyboard.press("Enter");
  await page.getByText("Wed 9 Dec to Thu 10 Dec · Bergen").waitFor();
  // Notes as they were typed on the way home, kept over a reload.
  await page.getByRole("link", { name: "Text", exact: true }).click();
  await page.getByRole("textbox", { name: "Notes" }).last().fill("Ada Lovelace (Northwind): caches");
  await page.getByRole("button", { name: "Save 1 person" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Save 1 person" }).click();
  await toast(page, "Noted 1 person at Fjord Meetup.");
  await page.getByRole("link", { name: "Ada Lovelace" }).first().waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("heading", { name: "No events yet" }).waitFor();
  await page.keyboard.press("z");
  await page.getByRole("link", { name: "Fjord Meetup" }).waitFor();
  assert.match(ties("event", "list"), /Fjord Meetup.*Bergen/);
});

test("favours: noted by keys, balanced, edited, deleted with undo; Today says who was not helped back", async (t) => {
  const { page, ties, shows, axe } = await opened(t, { commands: [...people, ["favour", "add", "Ada Lovelace", "received", "--text", "read my CV", "--on", "2026-11-01"], ["favour", "add", "Bo Nkemelu", "given", "--text", "a review", "--on", "2026-11-02"]] });
  await shows("/favours");
  await page.getByRole("link", { name: "Ada Lovelace" }).first().waitFor();
  await page.keyboard.press("c");
  await page.keyboard.type("ada");
  await page.getByRole("option", { name: "Ada Lovelace" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByLabel("What").fill("told me about the team");
  await page.keyboard.press("Enter");
  await page.getByText("2 to return").waitFor();
  assert.deepEqual(await texts(page.locator(".favour-table tbody tr")), ["Ada Lovelace 2 0 2 to return 24 Nov 2026", "Bo Nkemelu 0 1 1 ahead 2 Nov 2026"]);
  await page.getByText("helped twice, last: told me about the team").waitFor();
  await axe();
  await picture(page, "favours");
  await shows("/");
  await page.getByText("helped you twice; you have not returned it.").waitFor();
  await page.getByRole("link", { name: "Note help given" }).click();
  await page.getByRole("dialog").getByLabel("What").fill("introduced her");
  assert.equal(await page.getByRole("combobox", { name: "Whom" }).inputValue(), "Ada Lovelace");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByText("1 to return").waitFor();
  await page.getByRole("link", { name: /^All/ }).click();
  await page.getByRole("button", { name: "What: introduced her" }).click();
  await page.getByRole("textbox", { name: "What" }).fill("introduced her to Bo");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "What: introduced her to Bo" }).waitFor();
  await page.getByRole("button", { name: "Delete: Bo Nkemelu, a review" }).click();
  await page.getByRole("button", { name: "Delete: Bo Nkemelu, a review" }).waitFor({ state: "detached" });
  await page.keyboard.press("z");
  await page.getByRole("button", { name: "Delete: Bo Nkemelu, a review" }).waitFor();
  assert.match(ties("favour", "list"), /given.*introduced her to Bo/);
});

test("a contribution: made, who reviewed it, who knows it at a target, deleted with undo", async (t) => {
  const { page, ties, shows, axe } = await opened(t, { commands: [...people, ["company", "target", "Northwind"]] });
  await shows("/contributions");
  await page.getByRole("heading", { name: "No public work noted yet" }).waitFor();
  await page.keyboard.press("c");
  await page.getByLabel("Title").fill("Fold constant loops");
  await page.getByLabel("State").selectOption("merged");
  await page.getByLabel("Repository").fill("northwind/loom");
  await page.getByRole("combobox", { name: "Company" }).fill("Northwind");
  await page.getByLabel("Day", { exact: true }).fill("2026-10-02");
  await page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
  await page.getByRole("heading", { name: "Fold constant loops", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Add: Reviewed by" }).click();
  await page.getByRole("combobox", { name: "Reviewed by, a contact" }).fill("ada");
  await page.getByRole("option", { name: "Ada Lovelace" }).click();
  await page.getByRole("link", { name: "Ada Lovelace" }).waitFor();
  await axe();
  await shows("/contributions?by=company");
  await page.getByText("People there who know my code: Ada Lovelace (reviewed)").waitFor();
  await axe();
  await shows("/contributions");
  await page.getByRole("row", { name: /Fold constant loops/ }).waitFor();
  assert.deepEqual(await texts(page.locator(".grid-row [role=gridcell]")), ["Fold constant loops", "Pull request", "Merged", "northwind/loom", "Northwind", "Ada Lovelace", "Fri 2 Oct"]);
  await axe();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Who met it" }).waitFor();
  await page.keyboard.press("#");
  await page.getByRole("heading", { name: "No public work noted yet" }).waitFor();
  await page.keyboard.press("z");
  await page.getByRole("row", { name: /Fold constant loops/ }).waitFor();
  assert.match(ties("contribution", "list"), /Fold constant loops.*merged/);
});

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

test("reports say what is worked out by hand", async (t) => {
  const { page, shows, axe } = await opened(t, { commands: search });
  const figures = async (name, finding) => {
    await shows(`/reports?report=${name}`);
    await page.getByText(finding).first().waitFor();
    await page.getByText("The figures").click();
    return texts(page.locator(".report-table tbody tr"));
  };
  assert.deepEqual(await figures("funnel", "Of 6 applications, 5 came to Applied or further, and 1 to Offer, the furthest."), ["Wishlist 6 100", "Referral 5 83", "Applied 5 83", "Recruiter screen 3 50", "Assessment 2 33", "Interviews 2 33", "Final round 1 17", "Offer 1 17"]);
  await axe();
  await picture(page, "funnel");
  assert.deepEqual((await figures("flow", "The most usual step was from Wishlist to Applied (4); 3 of 6 applications are still open.")).sort(), [
    "Applied Recruiter screen 2",
    "Applied Rejected 1",
    "Applied Still open 1",
    "Interviews Still open 1",
    "Offer Accepted 1",
    "Recruiter screen Interviews 1",
    "Recruiter screen Offer 1",
    "Recruiter screen Rejected 1",
    "Wishlist Applied 4",
    "Wishlist Recruiter screen 1",
    "Wishlist Still open 1",
  ]);
  await page.getByRole("img", { name: /most usual step/ }).waitFor();
  await axe();
  await picture(page, "flow");
  assert.deepEqual(await figures("time", "Applied takes longest: 10 days in the median, and nine in ten within 20 days."), ["Wishlist 5 4 10 1", "Applied 4 10 20 1", "Recruiter screen 3 10 20 0", "Interviews 0 1", "Offer 1 5 5 0"]);
  assert.deepEqual(await figures("response", "Answered, when referred: 1 of 2 (50 %); when cold: 1 of 2 (50 %)."), ["Cold 2 1 50 10", "Referred 2 1 50 10", "Recruiter wrote 1 1 100 0"]);
  const weeks = await figures("activity", "3 conversations in 26 weeks; the most, 2, in the week of 16 Nov 2026.");
  assert.deepEqual(weeks.slice(-3), ["9 Nov 2026 0", "16 Nov 2026 2", "23 Nov 2026 1"]);
  await axe();
});

test("reports: a range of days, too few for a drawing, what is copied", async (t) => {
  const { page, shows, context } = await opened(t, { commands: search, phone: true });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await shows("/reports?report=funnel&from=2026-10-01");
  await page.getByText("There are only 2 applications; a drawing wants 5 at least, so the figures are shown alone.").waitFor();
  assert.equal(await page.locator(".chart").count(), 0);
  assert.equal(await widest(page), 0);
  await page.getByRole("button", { name: "Copy CSV" }).tap();
  await toast(page, "Copied as CSV.");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Stage,Reached,Share in %\r\nWishlist,2,100\r\nReferral,1,50\r\n/);
  await page.getByRole("button", { name: "All days" }).tap();
  await page.getByRole("img", { name: /^Of 6 applications/ }).waitFor();
  await page.getByRole("button", { name: "Copy SVG" }).tap();
  await toast(page, "Copied as SVG.");
  const svg = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(svg, /^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.match(svg, /fill="rgb\(0, 114, 178\)"/);
  assert.doesNotMatch(svg, /class=|var\(/);
});

test("the week is planned within the time that there is, by keys, and on a phone", async (t) => {
  const { page, shows, axe } = await opened(t, { commands: morning });
  await shows("/");
  await page.getByText("2 things to do now.").waitFor();
  await page.keyboard.press("w");
  await page.getByText(/^195 of 300 minutes: /).waitFor();
  await page.getByRole("heading", { name: "Tue 24 Nov 2026" }).waitFor();
  assert.match((await texts(page.locator(".plan-row"))).join("\n"), /Prepare the coding interview for Toolchain Lead at Papermill.*60 minutes/);
  await axe();
  await picture(page, "week");
  await page.getByLabel("Time this week").selectOption("60");
  await page.getByText(/^60 of 60 minutes: 1 preparation/).waitFor();
  await page.locator("summary").filter({ hasText: "Left out" }).click();
  await page.getByText("No time left: it takes 20 minutes, and none is left").first().waitFor();
  await page.keyboard.press("w");
  await page.getByText("2 things to do now.").waitFor();
  await page.setViewportSize({ width: 390, height: 800 });
  await shows("/?view=week");
  await page.getByRole("heading", { name: "Tue 24 Nov 2026" }).waitFor();
  assert.equal(await widest(page), 0);
});

test("texts of strangers stay texts, however long, and break no layout", async (t) => {
  const evil = `<img src=x onerror="document.title='broken'">${"\u202e"}=cmd|x!A1${"W".repeat(300)}`;
  const { page, shows } = await opened(t, {
    commands: [
      ["contact", "add", `Eve ${"Q".repeat(120)}`],
      ["task", "add", evil, "--due", "2026-11-24", "--contact", "2"],
      ["event", "add", evil, "--place", evil, "--starts", "2026-11-23"],
      ["favour", "add", "2", "received", "--text", evil],
      ["favour", "add", "2", "received", "--text", evil],
      ["contribution", "add", evil, "--repository", evil, "--company", evil.slice(0, 100)],
      ["application", "add", evil.slice(0, 200), "--company", evil.slice(0, 100), "--on", "2026-06-01"],
    ],
    width: 320,
    height: 600,
  });
  // The first contact is the user.
  for (const path of ["/", "/?view=week", "/events", "/events/1", "/contributions", "/contributions?by=company", "/contributions/1", "/favours", "/favours?view=all", "/reports", "/reports?report=board", "/reports?report=followups"]) {
    await shows(path);
    await page.getByText("<img src=x").or(page.getByText("Eve QQ")).or(page.getByText("Wishlist")).first().waitFor({ state: "attached" });
    assert.equal(await page.locator("main img").count(), 0, path);
    assert.equal(await widest(page), 0, path);
    assert.notEqual(await page.title(), "broken");
  }
});
