// Writes the table of public holidays that Ties carries:
//     node crm/holidays/build.mjs --modules DIR/node_modules --out FILE
// A line a region, by tabs: "NO", its name, days. Of a state ("DE-BY") the days that it has besides those of its country,
// and the days of its country that it has not. Days are written as gaps: `!` is 0, `"` 1, … `}` 92; `~` is 93 and more.
// The first gap counts from the last day before 2015. The data of date-holidays is under CC BY-SA 3.0: see README.md.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { modules: { type: "string" }, out: { type: "string" } } });
const from = createRequire(join(resolve(values.modules), "index.js"));
const Holidays = from("date-holidays");
const { Planet } = from("astronomia/planetposition").default ?? from("astronomia/planetposition");
const [first, last] = [2015, 2045];
const day = 86_400_000;
const before = Date.UTC(first - 1, 11, 31);

// Equinoxes and new moons are asked for again and again, by every region in the same years: without this it takes three
// times as long.
const { position } = Planet.prototype;
const positions = new Map();
Planet.prototype.position = function (when) {
  if (!positions.has(when)) positions.set(when, position.call(this, when));
  const { range, lon, lat } = positions.get(when);
  return Object.assign(Object.create(Object.getPrototypeOf(positions.get(when))), positions.get(when), { range, lon, lat });
};

/** The days, counted from before the first, on which a public holiday holds at noon: half a day off is a working day. */
function daysOf(...where) {
  const holidays = new Holidays(...where, { types: ["public"] });
  const found = new Set();
  for (let year = first; year <= last; ++year) {
    for (const { date, start, end } of holidays.getHolidays(year)) {
      const begin = Date.parse(`${date.slice(0, 19).replace(" ", "T")}Z`);
      const over = begin + (end - start);
      for (let at = Math.floor(begin / day) * day + day / 2; at < over; at += day) if (at >= begin) found.add((at - day / 2 - before) / day);
    }
  }
  return [...found].filter((n) => n > 0 && n <= (Date.UTC(last, 11, 31) - before) / day).sort((a, b) => a - b);
}

function written(days) {
  let text = "";
  let at = 0;
  for (const n of days) {
    let gap = n - at;
    for (; gap >= 93; gap -= 93) text += "~";
    text += String.fromCharCode(33 + gap);
    at = n;
  }
  return text;
}

const all = new Holidays();
const lines = [];
for (const [country, name] of Object.entries(all.getCountries("en")).sort()) {
  const days = daysOf(country);
  lines.push([country, name, written(days)]);
  const has = new Set(days);
  for (const [state, stateName] of Object.entries(all.getStates(country, "en") ?? {}).sort()) {
    const own = daysOf(country, state);
    const there = new Set(own);
    lines.push([`${country}-${state}`, stateName, written(own.filter((n) => !has.has(n))), written(days.filter((n) => !there.has(n)))]);
  }
}
if (lines.some((line) => /[\t\n]/.test(line[1])) || lines.length < 200) throw new Error("the library's table looks wrong");
writeFileSync(values.out, lines.map((line) => `${line.join("\t")}\n`).join(""));
