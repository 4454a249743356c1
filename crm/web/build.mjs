// Builds the pages: node build.mjs --modules FOLDER/node_modules --out FOLDER
// Writes every file gzipped, as the program carries and sends it: index.html.gz, sw.js.gz, assets/main-HASH.js.gz, …
// Any warning of the compilers, accessibility included, fails the build.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0 || !process.argv[at + 1]) throw new Error(`give --${name} FOLDER`);
  return resolve(process.argv[at + 1]);
};
const modules = option("modules");
const out = option("out");
const require = createRequire(join(modules, "any.js"));
const esbuild = require("esbuild");
const { compile, compileModule } = require("svelte/compiler");

const said = (file) => (warning) => {
  const { line = 0, column = 0 } = warning.start ?? {};
  return { text: `${warning.message} (${warning.code})`, location: { file: relative(here, file), line, column } };
};

/**
 * What pages share. All that is loaded later imports all of it, so that it becomes one file in the browser, fetched once, and
 * not one for every set of pages that have a part in common.
 */
const seldom = ["Ask.svelte", "KeySheet.svelte", "SignIn.svelte"];
const shared = ["app", "components"].flatMap((folder) =>
  readdirSync(join(here, "src", folder))
    .filter((name) => !seldom.includes(name))
    .map((name) => join(here, "src", folder, name)),
);

/** Svelte's compiler as a plugin of esbuild; what it warns of is an error. */
const svelte = {
  name: "svelte",
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, ({ path }) => {
      try {
        const { js, css, warnings } = compile(readFileSync(path, "utf8"), {
          filename: relative(here, path),
          generate: "client",
          runes: true,
          dev: false,
          discloseVersion: false,
        });
        if (css) return { errors: [{ text: `${path}: styles belong in src/styles` }] };
        const isLoadedLater = dirname(path) === join(here, "src", "pages") || seldom.includes(basename(path));
        return { contents: `${js.code}${isLoadedLater ? '\nimport "shared";' : ""}`, loader: "js", resolveDir: dirname(path), errors: warnings.map(said(path)) };
      } catch (error) {
        return { errors: [said(path)(error)] };
      }
    });
    build.onLoad({ filter: /\.svelte\.ts$/ }, async ({ path }) => {
      const plain = await esbuild.transform(readFileSync(path, "utf8"), {
        loader: "ts",
        target: "es2022",
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, useDefineForClassFields: true } },
      });
      const { js, warnings } = compileModule(plain.code, { filename: relative(here, path), dev: false });
      return { contents: js.code, loader: "js", resolveDir: dirname(path), errors: warnings.map(said(path)) };
    });
    build.onResolve({ filter: /^shared$/ }, () => ({ path: "shared", namespace: "shared" }));
    build.onLoad({ filter: /.*/, namespace: "shared" }, () => ({
      contents: `${shared.map((path, n) => `import * as part${n} from ${JSON.stringify(path)};`).join("\n")}\nObject.keys([${shared.map((_, n) => `part${n}`)}]);`,
      resolveDir: here,
    }));
    // Else Svelte's branches for development stay in.
    build.onResolve({ filter: /^esm-env$/ }, () => ({ path: "esm-env", namespace: "constants" }));
    build.onLoad({ filter: /.*/, namespace: "constants" }, () => ({
      contents: "export const BROWSER = true, DEV = false, NODE = false;",
      loader: "js",
    }));
  },
};

const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "esm",
  target: "es2022",
  legalComments: "none",
  conditions: ["svelte", "browser", "production"],
  nodePaths: [modules],
  plugins: [svelte],
  write: false,
  metafile: true,
  logLevel: "error",
  absWorkingDir: here,
};

const files = new Map(); // path → bytes, as they are sent
const take = (result, root) => {
  for (const file of result.outputFiles) files.set(relative(root, file.path), Buffer.from(file.contents));
};

const built = await esbuild.build({
  ...common,
  entryPoints: { main: "src/main.ts", app: "src/styles/app.css", sign_in: "src/styles/sign_in.css" },
  outdir: "dist",
  entryNames: "assets/[name]-[hash]",
  chunkNames: "assets/[name]-[hash]",
  splitting: true,
});
take(built, join(here, "dist"));

const named = (beginning, end) => [...files.keys()].find((path) => path.startsWith(`assets/${beginning}-`) && path.endsWith(end));
// The page of sign-in is made by the service, which knows its sheet by a plain name.
files.set("assets/ties.css", files.get(named("sign_in", ".css")));
files.delete(named("sign_in", ".css"));

for (const name of readdirSync(join(here, "static"))) files.set(name, readFileSync(join(here, "static", name)));
const page = readFileSync(join(here, "index.html"), "utf8");
const imports = (path) => Object.entries(built.metafile.outputs).find(([name]) => name.endsWith(path))?.[1].imports ?? [];
const preloads = imports(named("main", ".js"))
  .filter(({ kind }) => kind === "import-statement")
  .map(({ path }) => `<link rel="modulepreload" href="/assets/${basename(path)}">`);
files.set(
  "index.html",
  Buffer.from(
    page
      .replace("<!-- sheet -->", `<link rel="stylesheet" href="/${named("app", ".css")}">`)
      .replace("<!-- program -->", [...preloads, `<script type="module" src="/${named("main", ".js")}"></script>`].join("\n")),
  ),
);

// The service worker keeps all of these, so that the pages open without the service.
const kept = ["/index.html", ...[...files.keys()].filter((path) => path !== "index.html" && path !== "assets/ties.css").map((path) => `/${path}`)];
const version = (await import("node:crypto")).createHash("sha256").update([...files.values()].join("")).digest("hex").slice(0, 16);
take(
  await esbuild.build({
    ...common,
    format: "iife",
    entryPoints: { sw: "src/sw.ts" },
    outdir: "dist",
    define: { KEPT: JSON.stringify(kept), VERSION: JSON.stringify(version) },
  }),
  join(here, "dist"),
);

rmSync(out, { recursive: true, force: true });
for (const [path, bytes] of files) {
  const to = join(out, `${path}.gz`);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, gzipSync(bytes, { level: 9 }));
}
