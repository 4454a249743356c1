import assert from "node:assert/strict";
import { test } from "node:test";
import { picture, site } from "./browser.mjs";

const people = [["contact", "add", "Ada Lovelace", "--company", "Northwind", "--title", "Engineer"]];

test("quick capture reads a line while it is typed, saves it, and z takes it back", async (t) => {
  const { page, ties, shows, axe } = await site(t, { commands: people });
  await shows("/");
  await page.keyboard.press("q");
  await page.getByLabel("What happened").fill("met @Ada at #PyCon26, works on compilers, follow up in 2 weeks");
  await page.getByText("person Ada Lovelace").waitFor();
  await picture(page, "capture");
  await axe();
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Undo").waitFor();
  assert.match(ties("interaction", "list"), /compilers/);
  await page.keyboard.press("z");
  await page.getByText(/undid/i).waitFor();
  assert.doesNotMatch(ties("interaction", "list"), /compilers/);
});

test("a name that may be several people asks which, and takes the answer", async (t) => {
  const { page, ties, shows } = await site(t, { commands: [...people, ["contact", "add", "Ada Yonath"]] });
  await shows("/");
  await page.getByRole("button", { name: "Note" }).click();
  await page.getByLabel("What happened").fill("called @Ada about the workshop");
  await page.getByRole("button", { name: /person Ada.*which/ }).click();
  await page.getByRole("menuitem", { name: "Ada Lovelace, Northwind" }).click();
  await page.getByText("person Ada Lovelace").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Undo").waitFor();
  assert.match(ties("interaction", "list"), /Ada Lovelace.*workshop/s);
});

test("a note taken while Ties is away waits in the browser, survives a reload, and is written once when it is back", async (t) => {
  const { page, ties, shows, away, back, url } = await site(t, { commands: people });
  await shows("/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await away();
  await page.keyboard.press("q");
  await page.getByLabel("What happened").fill("met @Ada at #Lakeside26, wants to see the parser");
  await page.keyboard.press("Enter");
  await page.getByText("One note waits").waitFor();
  await page.goto(`${url}/`);
  await page.getByText("One note waits").waitFor();
  await page.getByText("Not connected").waitFor();
  await picture(page, "waiting");
  await back();
  await page.getByText("One note waits").waitFor({ state: "hidden", timeout: 15000 });
  assert.equal(ties("interaction", "list").match(/parser/g).length, 1);
});

test("a change that the command line makes shows without a reload", async (t) => {
  const { page, ties, shows } = await site(t, { commands: people });
  await shows("/history");
  ties("contact", "add", "Grace Hopper");
  await page.getByText(/Grace Hopper/).first().waitFor();
});

test("the palette finds people and commands, by keys alone", async (t) => {
  const { page, shows, axe, url } = await site(t, { commands: people });
  await shows("/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("lovel");
  await page.getByRole("option", { name: /Ada Lovelace/ }).waitFor();
  await axe();
  await page.keyboard.press("Enter");
  await page.waitForURL(`${url}/contacts/2`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("settings");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${url}/settings`);
});

test("keys go to every page, the sheet tells them, and a setting turns them off", async (t) => {
  const { page, shows, url, axe } = await site(t, { commands: people });
  await shows("/");
  for (const [key, path] of Object.entries({ c: "/contacts", o: "/companies", b: "/board", e: "/events", n: "/contributions", f: "/favours", r: "/reports", i: "/import", h: "/history", s: "/settings", t: "/" })) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.waitForURL((to) => to.pathname === path);
    await page.locator("main h1").waitFor();
  }
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Keys of this page" }).waitFor();
  await axe();
  await page.keyboard.press("Escape");
  await page.evaluate(() => localStorage.setItem("ties appearance", JSON.stringify({ keys: "off" })));
  await page.reload();
  await page.locator("main h1").waitFor();
  await page.keyboard.press("q");
  assert.equal(await page.getByLabel("What happened").count(), 0);
  assert.equal(new URL(page.url()).origin, url);
});

test("a session that ends asks to sign in, and what was under way goes on", async (t) => {
  const { page, ties, shows, url, context } = await site(t, { commands: people });
  await shows("/");
  await context.clearCookies();
  await page.keyboard.press("q");
  await page.getByLabel("What happened").fill("called @Ada about rust");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sign in again" }).waitFor();
  const other = await context.newPage();
  await other.goto(/http\S+/.exec(ties("signin"))[0].replace(/^http:\/\/[^/]+/, url));
  await other.close();
  await page.getByRole("button", { name: "I am signed in" }).click();
  await page.getByRole("status").getByText("Undo").waitFor();
  assert.match(ties("interaction", "list"), /rust/);
});

test("the first Tab skips to the page, an unknown address says so, and no page scrolls sideways at 320 px", async (t) => {
  const { page, shows, axe } = await site(t, { commands: people, width: 320, height: 640 });
  await shows("/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the page");
  for (const path of ["/", "/contacts", "/contacts/2", "/companies", "/companies/1", "/board", "/events", "/contributions", "/favours", "/reports", "/import", "/history", "/settings", "/contacts/duplicates"]) {
    await shows(path);
    await page.waitForTimeout(150);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${path} is ${over} px too wide`);
  }
  await page.goto(new URL("/nowhere", page.url()).href);
  await page.getByText("There is no such page").waitFor();
  await axe();
});
