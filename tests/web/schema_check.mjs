// The types of the API's records that the pages are written with, crm/web/src/api/schema.d.ts, made from the program's own
// OpenAPI document: node schema_check.mjs PROGRAM NODE_MODULES [--write]. Fails when the file is not what it should be.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [program, modules, write] = process.argv.slice(2);
const require = createRequire(join(modules, "any.js"));
const { default: openapiTS, astToString } = await import(pathToFileURL(require.resolve("openapi-typescript").replace(/index\.cjs$/, "index.mjs")));
const file = new URL("../../crm/web/src/api/schema.d.ts", import.meta.url);

const document = JSON.parse(execFileSync(program, ["openapi"], { encoding: "utf8", maxBuffer: 1 << 26 }));
document.paths = {};
document.components = { schemas: Object.fromEntries(Object.entries(document.components.schemas).filter(([name]) => !name.endsWith("Fields"))) };
const made = `// Made by tests/web/schema_check.mjs from the OpenAPI document.\n${astToString(await openapiTS(document))}`;
if (write) writeFileSync(file, made);
if (readFileSync(file, "utf8") !== made) {
  console.error("crm/web/src/api/schema.d.ts is of another API: run tests/web/schema_check.mjs PROGRAM NODE_MODULES --write");
  process.exit(1);
}
