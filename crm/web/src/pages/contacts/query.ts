import { get, type Page, type Query, type Schemas } from "../../api/client";

export type Line = Schemas["ContactLine"];
export type Contact = Schemas["Contact"];

/** `tag:alumni company:"Acme Labs" -is:starred compilers` in its parts; a quote that is not closed yet goes to the end. */
export const partsOf = (query: string): string[] => query.match(/(?:[^\s"]|"[^"]*(?:"|$))+/g) ?? [];

const quoted = (value: string) => (/[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value);
export const condition = (key: string, value: string) => `${key}:${quoted(value)}`;
export const withPart = (query: string, part: string) => (partsOf(query).includes(part) ? query : `${query.trim()} ${part}`.trim());
export const withoutPart = (query: string, part: string) =>
  partsOf(query)
    .filter((one) => one !== part)
    .join(" ");

const units: Record<string, string> = { d: "day", w: "week", m: "month", y: "year" };
const spans = (text: string) => text.replace(/^(\d+)([dwmy])$/, (_, n: string, unit: string) => `${n} ${units[unit]}${n === "1" ? "" : "s"}`);

/** What a condition says in words; undefined for a plain word. */
export function said(part: string): string | undefined {
  const found = /^(-?)(tag|company|event|source|last|has|is):(.+)$/.exec(part);
  if (!found) return undefined;
  const [, not, key, written] = found;
  const value = written.replaceAll('"', "");
  const words =
    key === "last"
      ? value === "never"
        ? "Never in touch"
        : `Last contact ${value.startsWith("<") ? "within" : "over"} ${spans(value.slice(1))}${value.startsWith("<") ? "" : " ago"}`
      : key === "has"
        ? `With ${value}`
        : key === "is"
          ? value === "deleted"
            ? "In the trash"
            : value[0].toUpperCase() + value.slice(1)
          : `${key[0].toUpperCase() + key.slice(1)}: ${value}`;
  return not ? `Not: ${words}` : words;
}

/** Conditions that need no further word. */
export const filters: [string, string][] = [
  ["Starred", "is:starred"],
  ["Quiet over 30 days", "last:>30d"],
  ["Quiet over 90 days", "last:>90d"],
  ["Quiet over a year", "last:>1y"],
  ["Never in touch", "last:never"],
  ["With email", "has:email"],
  ["With phone", "has:phone"],
  ["With note", "has:note"],
  ["With cadence", "has:cadence"],
  ["Archived", "is:archived"],
  ["In the trash", "is:deleted"],
];

export const cadences: [string, string][] = [
  ["none", "None"],
  ["2w", "Every 2 weeks"],
  ["1m", "Every month"],
  ["3m", "Every 3 months"],
  ["6m", "Every 6 months"],
  ["1y", "Every year"],
];
const cadenceDays: Record<number, string> = { 14: "2w", 30: "1m", 31: "1m", 90: "3m", 91: "3m", 92: "3m", 180: "6m", 182: "6m", 183: "6m", 365: "1y" };
export const cadenceOf = (days: number | null): string => (days === null ? "none" : (cadenceDays[days] ?? `${days}d`));
export const cadenceSaid = (days: number | null): string =>
  days === null ? "None" : (cadences.find(([key]) => key === cadenceOf(days))?.[1] ?? `Every ${days % 7 ? spans(`${days}d`) : spans(`${days / 7}w`)}`);

export const listOf = (q: string, sort: string, offset: number, limit: number, signal?: AbortSignal) =>
  get<Page<Line>>("/contacts", { query: q, sort, offset, limit } as Query, signal);

/** The list that somebody came from, for "next" and "previous" on a contact's page. */
export type From = { q: string; sort: string; at: number };
export const cameFrom = (): From | undefined => JSON.parse(sessionStorage.getItem("contacts list") ?? "null") ?? undefined;
export const comesFrom = (from: From) => sessionStorage.setItem("contacts list", JSON.stringify(from));

/** Where a file of these people is fetched from. */
export const exported = (format: string, q: string) => `/api/v1/exports/contacts?${new URLSearchParams({ format, ...(q ? { where: q } : {}) })}`;
