// Holds what pages ask and are answered against the OpenAPI document: every exchange with the API must be one that the
// document describes, by path, method, parameters, status and the schemas of both bodies.
import { execFileSync } from "node:child_process";

const escaped = (pointer) => pointer.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D");

/** `Ajv`: ajv's class for JSON Schema 2020-12. Gives a function of (request, response) to a list of what is wrong. */
export function contractOf(program, Ajv) {
  const document = JSON.parse(execFileSync(program, ["openapi"], { encoding: "utf8", maxBuffer: 1 << 26 }));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema({ $id: "api", ...document });
  const paths = Object.keys(document.paths)
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/]+")}$`), parts: (path.match(/\{/g) ?? []).length }))
    .sort((a, b) => a.parts - b.parts);
  const resolved = (value) => (value?.$ref ? value.$ref.slice(2).split("/").reduce((at, part) => at[part.replaceAll("~1", "/")], document) : value);
  const compiled = new Map();
  const check = (where, body) => {
    if (!compiled.has(where)) compiled.set(where, ajv.compile({ $ref: `api#${where}` }));
    const fits = compiled.get(where);
    return fits(body) ? [] : [ajv.errorsText(fits.errors)];
  };
  const parsed = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };

  return async (request, response) => {
    const url = new URL(request.url());
    const method = request.method().toLowerCase();
    const name = `${method.toUpperCase()} ${url.pathname}`;
    const found = paths.find(({ path, pattern }) => pattern.test(url.pathname) && document.paths[path][method]);
    if (!found) return [`${name} is in no document`];
    const operation = document.paths[found.path][method];
    const at = `/paths/${escaped(found.path)}/${method}`;
    const wrong = [];
    const known = [...(operation.parameters ?? []), ...(document.paths[found.path].parameters ?? [])].map(resolved);
    for (const key of url.searchParams.keys()) {
      if (!known.some((parameter) => parameter.in === "query" && parameter.name === key)) wrong.push(`${name}: no parameter ${key}`);
    }
    const sent = request.postData();
    const type = request.headers()["content-type"]?.split(";")[0];
    if (sent && /json/.test(type ?? "")) {
      const forms = resolved(operation.requestBody)?.content ?? {};
      if (!forms[type]) wrong.push(`${name}: takes no ${type}`);
      else if (!operation.requestBody.$ref) wrong.push(...check(`${at}/requestBody/content/${escaped(type)}/schema`, parsed(sent)).map((text) => `${name} sent ${text}`));
    }
    const status = String(response.status());
    const described = operation.responses[status];
    if (!described) wrong.push(`${name} answered ${status}, which is not described`);
    const answer = (await response.headerValue("content-type"))?.split(";")[0];
    if (described && answer === "application/json") {
      const body = parsed(await response.text().catch(() => ""));
      const where = described.$ref ? described.$ref.slice(1) : `${at}/responses/${status}`;
      if (body !== undefined && resolved(described).content?.[answer]) wrong.push(...check(`${where}/content/${escaped(answer)}/schema`, body).map((text) => `${name} answered ${status}: ${text}`));
    }
    return wrong;
  };
}
