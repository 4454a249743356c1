// What other readers of CSV expect, asked of Ties (csv_echo): every case of csv-spectrum, the cases of papaparse that
// need no option which Ties lacks, tables that papaparse writes, and the samples as papaparse reads them.
//
// usage: node csv_cases.js CSV_ECHO SOURCE_DIRECTORY NODE_MODULES
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const { execFileSync } = require("child_process");

const [echo, source, modules] = process.argv.slice(2);
if (!fs.existsSync(path.join(modules, "papaparse")) || !fs.existsSync(path.join(modules, "csv-spectrum"))) {
  console.error("the packages of tests/npm are not in " + modules + ": tests/run puts them there");
  process.exit(1);
}
const papaparse = require(path.join(modules, "papaparse"));

// Where Ties reads otherwise on purpose: why, and what it reads.
const unclosed = "a quote that is never closed costs its own line, not the rest of the file";
const believed = "the first quote that is not doubled closes a cell; stray text behind it is kept";
const trimmed = "blanks behind a closing quote are kept by the reader, and trimmed by whoever uses the cell";
const mixed = "every line end ends a line, also where others stand in the same file";
const pipe = "a table parted by | is not guessed at: those in Markdown have a reader of their own";
const wrong = "the answer names another phone number than the table";
const differences = {
  "csv-spectrum location_coordinates": [wrong, [
    ["Contact Phone Number", "Location Coordinates", "Cities", "Counties"],
    ["2095257564", "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus"],
  ]],
  "Quoted field has no closing quote": [unclosed, [["a", "b", "c"], ["d", "e", "f"]]],
  "Quoted field has invalid trailing quote after delimiter with a valid closer":
    [believed, [["a,b", 'c"'], ["d", "e", "f"]]],
  "Quoted field has invalid trailing quote after delimiter": [believed, [["a", "b,c"], ["d", "e", "f"]]],
  "Quoted field has invalid trailing quote before delimiter": [believed, [["a", "bc", "d"], ["e", "f", "g"]]],
  "Quoted field has invalid trailing quote after new line": [unclosed, [["a", "b", "c"], ['d"e', "f", "g"]]],
  "Quoted fields with spaces between closing quote and next delimiter":
    [trimmed, [["A", "B ", "C", "D"], ["E", "F", "G  ", "H"]]],
  "Quoted fields with spaces between closing quote and next new line":
    [trimmed, [["A", "B", "C", "D "], ["E", "F", "G", "H  "], ["Q", "W", "E", "R"]]],
  "Quoted fields with spaces after closing quote":
    [trimmed, [["A", "B ", "C", "D "], ["E", "F", "G  ", "H  "], ["Q", "W", "E ", "R"]]],
  "Quoted fields with spaces between closing quote and next delimiter and contains delimiter":
    [trimmed, [["A", ",B ", "C", "D"], ["E", "F", "G", "H"]]],
  "Quoted fields with spaces between closing quote and newline and contains newline":
    [trimmed, [["a", "b", "c\n "], ["d", "e", "f"]]],
  "Mixed slash n and slash r should choose first as precident":
    [mixed, [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]],
  "Pipe delimiter is guessed correctly when mixed with comas":
    [pipe, [["one|two", "two|three"], ["four|five", "five|six"]]],
};

let compared = 0;
const faults = [];
const met = new Set();

function read(bytes, delimiter) {
  const out = execFileSync(echo, delimiter === undefined ? [] : [delimiter], { input: bytes, maxBuffer: 1 << 28 });
  return JSON.parse(out.toString("utf8"));
}

// A line without anything on it is no record to Ties.
const withoutBlank = (rows) => rows.filter((row) => row.length > 1 || row[0] !== "");

function compare(name, found, expected) {
  ++compared;
  if (name in differences) {
    met.add(name);
    if (JSON.stringify(expected) === JSON.stringify(found)) faults.push(`${name}: is no difference any more`);
    expected = differences[name][1];
  }
  if (JSON.stringify(found) !== JSON.stringify(expected))
    faults.push(`${name}:\n  found    ${JSON.stringify(found)}\n  expected ${JSON.stringify(expected)}`);
}

function casesOfSpectrum() {
  const folder = path.join(modules, "csv-spectrum");
  for (const file of fs.readdirSync(path.join(folder, "csvs"))) {
    const name = path.basename(file, ".csv");
    const told = JSON.parse(fs.readFileSync(path.join(folder, "json", name + ".json"), "utf8"));
    const objects = Array.isArray(told) ? told : [told];
    const header = Object.keys(objects[0]);
    const rows = objects.map((object) => header.map((key) => object[key]));
    compare("csv-spectrum " + name, read(fs.readFileSync(path.join(folder, "csvs", file))), [header, ...rows]);
  }
}

function casesOfPapaparse() {
  // Its cases stand in a test for a framework that is not needed to read them.
  const file = path.join(modules, "papaparse", "tests", "test-cases.js");
  const describe = Object.assign(() => {}, { skip: () => {} });
  const require = (name) => (name === "chai" ? { assert: {} } : papaparse);
  const context = vm.createContext({ module: { exports: {} }, require, describe, console, process });
  vm.runInContext(fs.readFileSync(file, "utf8"), context);
  for (const { description, input, config, expected } of [...context.CORE_PARSER_TESTS, ...context.PARSE_TESTS]) {
    const { delimiter, newline, ...others } = config || {};
    if (Object.keys(others).length > 0) continue; // options that Ties lacks
    if (delimiter !== undefined && !/^[^\r\n"]$/.test(delimiter)) continue; // Ties splits by one sign
    compare(description, read(input, delimiter), withoutBlank(expected.data));
  }
}

// Tables of odd cells, the same ones each time, written by papaparse in each of its ways.
function tablesOfPapaparse() {
  const pieces = ['"', '""', ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "a", "Zoë", "若溪", "\u0000", "'", "\\", "=1+1", ""];
  let state = 20260301;
  const below = (bound) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * bound);
  };
  const cell = () => Array.from({ length: below(6) }, () => pieces[below(pieces.length)]).join("");
  for (let number = 0; number < 60; ++number) {
    const width = 2 + below(5);
    const rows = Array.from({ length: 1 + below(40) }, () => Array.from({ length: width }, cell));
    for (const [delimiter, newline, quotes] of [[",", "\r\n", true], [";", "\n", false], ["\t", "\r\n", false], ["|", "\r", true]]) {
      const text = papaparse.unparse(rows, { delimiter, newline, quotes });
      compare(`table ${number} of papaparse, ${JSON.stringify(delimiter)}`, read(text, delimiter), rows);
    }
  }
}

// Every sample that is a whole table, as papaparse reads it.
function samples() {
  const damaged = /damaged|\.md$/;
  const utf16 = (bytes) => bytes.length > 1 && bytes[0] + bytes[1] === 0xff + 0xfe;
  for (const folder of ["linkedin", "linkedin-eras", "tables"]) {
    for (const entry of fs.readdirSync(path.join(source, "samples", folder), { recursive: true })) {
      const name = path.join(folder, entry);
      if (!/\.(csv|tsv)$/.test(name) || damaged.test(name)) continue;
      const bytes = fs.readFileSync(path.join(source, "samples", name));
      const text = bytes.toString("utf8").replace(/^\ufeff/, "");
      if (utf16(bytes) || text.includes("\ufffd")) continue; // in another encoding, which is not papaparse's to tell
      const { data, meta } = papaparse.parse(text, { delimitersToGuess: [",", ";", "\t"] });
      compare("samples/" + name, read(bytes, meta.delimiter), withoutBlank(data));
    }
  }
}

function main() {
  casesOfSpectrum();
  casesOfPapaparse();
  tablesOfPapaparse();
  samples();
  for (const name of Object.keys(differences)) if (!met.has(name)) faults.push(`no case is called ${name}`);
  for (const fault of faults) console.error(fault);
  console.log(faults.length > 0 ? `${faults.length} faults` : `${compared} tables agree`);
  process.exitCode = faults.length > 0 || compared < 400 ? 1 : 0;
}

main();
