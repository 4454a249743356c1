// Pictures as they were when they were last looked at: tests/golden/web; TIES_WRITE_GOLDEN=1 renews them.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(join(process.env.TIES_NPM, "any.js"));
const { PNG } = require("pngjs");
const { default: pixelmatch } = await import(pathToFileURL(require.resolve("pixelmatch")));
const golden = fileURLToPath(new URL("../golden/web/", import.meta.url));

/** Holds what was taken (a PNG) against the picture of that name. */
export function isAsItWas(taken, name) {
  const file = join(golden, `${name}.png`);
  if (process.env.TIES_WRITE_GOLDEN) {
    mkdirSync(golden, { recursive: true });
    writeFileSync(file, taken);
  }
  assert.ok(existsSync(file), "there is no such picture; TIES_WRITE_GOLDEN=1 makes it");
  const [is, was] = [PNG.sync.read(taken), PNG.sync.read(readFileSync(file))];
  assert.deepEqual([is.width, is.height], [was.width, was.height]);
  const differing = pixelmatch(is.data, was.data, null, is.width, is.height, { threshold: 0.2 });
  // Letters are drawn a little otherwise by other versions of the browser's libraries.
  const share = differing / (is.width * is.height);
  if (share > 0.02 && process.env.TIES_PICTURES) writeFileSync(join(process.env.TIES_PICTURES, `${name}-differs.png`), taken);
  assert.ok(share <= 0.02, `${(share * 100).toFixed(1)} % of the picture differs`);
}
