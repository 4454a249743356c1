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
