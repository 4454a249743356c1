/** A row of the table for the evening after a conference. */
export type Line = { id: number | null; name: string; company: string; about: string; follow: string; tags: string; address: string };
export const emptyLine = (): Line => ({ id: null, name: "", company: "", about: "", follow: "", tags: "", address: "" });
export const isBlank = (line: Line) => !line.name.trim() && !line.company.trim() && !line.about.trim() && !line.follow.trim() && !line.tags.trim();

const flat = (text: string) => text.replace(/\s+/g, " ").trim();

/** "in 2 weeks" → "follow up in 2 weeks"; "2 weeks" means the same. */
function followUp(text: string): string {
  const said = flat(text).replace(/^(follow up|ping|remind me)\s+/i, "");
  if (!said) return "";
  return `follow up ${/^\d+\s*(d|w|m|y|days?|weeks?|months?|years?)$/i.test(said) ? `in ${said}` : said}`;
}

/**
 * The notes that the service reads, a heading a person, and the line on which each row begins. What is typed in a cell
 * stays in its row: it can begin no heading of its own, and close no bracket.
 */
export function notesOf(lines: Line[]): { text: string; begins: number[] } {
  const text: string[] = [];
  const begins = lines.map((line) => {
    if (isBlank(line)) return 0;
    const at = text.length + 1;
    const company = flat(line.company).replace(/[(<]/g, "[").replace(/[)>]/g, "]");
    const isMail = line.address.includes("@");
    text.push(["##", flat(line.name).replace(/[<>]/g, ""), isMail && `<${line.address}>`, company && `( @ ${company})`].filter(Boolean).join(" "));
    const about = line.about.split(/\r?\n/).map((one) => flat(one).replace(/^#{1,6}\s+/, ""));
    const tags = line.tags.split(/[,\s]+/).map((tag) => tag.replace(/^#+/, "")).filter(Boolean);
    text.push(...[...about, tags.map((tag) => `#${tag}`).join(" "), followUp(line.follow), isMail ? "" : line.address].filter(Boolean), "");
    return at;
  });
  return { text: text.join("\n"), begins };
}

/** Rows of what was pasted: a sheet's cells in the order of the table, or lines as "Ada Lovelace (Acme): compilers; follow up in 2 weeks #tag". */
export function linesOf(pasted: string): Line[] {
  const rows: Line[] = [];
  for (const raw of pasted.split(/\r?\n/)) {
    if (!raw.trim()) continue;
    if (raw.includes("\t")) {
      const [name, company = "", about = "", follow = "", tags = ""] = raw.split("\t").map((cell) => flat(cell.replace(/^"|"$/g, "")));
      if (rows.length === 0 && /^(name|person|who)$/i.test(name)) continue;
      rows.push({ ...emptyLine(), name, company, about, follow, tags });
      continue;
    }
    const text = flat(raw).replace(/^([-*•+]|\d{1,3}[.)]) /, "");
    const found = /^([^:(]+?)(?: \(([^()]*)\))?(?:(?::| [—–-]) ?(.*))?$/u.exec(text);
    if (!found) {
      rows.push({ ...emptyLine(), about: text });
      continue;
    }
    const [, name, company = "", rest = ""] = found;
    const tags = [...rest.matchAll(/(?<=^|\s)#(\p{L}[\p{L}\p{N}_-]*)/gu)].map(([, tag]) => tag);
    const follow = /(?:^|[;,.] ?)(?:follow up|ping|remind me) ([^;,.#]+)/i.exec(rest);
    const about = flat(rest.replace(/(?<=^|\s)#\p{L}[\p{L}\p{N}_-]*/gu, "").replace(follow?.[0] ?? "\n", ""));
    rows.push({ ...emptyLine(), name, company, about, follow: flat(follow?.[1] ?? ""), tags: tags.join(" ") });
  }
  return rows;
}

/** "standard input:8:1: this heading names no person" → its line, and the rest. */
export function remarkOf(remark: string): { line: number; text: string } {
  const found = /^standard input:(\d+)(?::\d+)?: (.*)$/s.exec(remark);
  return found ? { line: Number(found[1]), text: found[2] } : { line: 0, text: remark };
}
