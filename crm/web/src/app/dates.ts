import { appearance } from "./appearance.svelte";

/** Days as "2026-03-03", moments as "2026-03-03T09:00:00Z"; shown in the reader's language, or as they are. */
const asDay = (day: string) => new Date(`${day.slice(0, 10)}T12:00:00`);

export function shownDay(day: string | null | undefined, withYear = "auto" as "auto" | "always"): string {
  if (!day) return "";
  if (!/^\d{4}-\d{2}-\d{2}/.test(day)) return day; // "2019", "2019-05": as much as is known
  if (appearance.choices.dates === "iso") return day.slice(0, 10);
  const date = asDay(day);
  const hasYear = withYear === "always" || date.getFullYear() !== new Date().getFullYear();
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short", year: hasYear ? "numeric" : undefined, weekday: hasYear ? undefined : "short" });
}

export function shownTime(moment: string | null | undefined): string {
  if (!moment) return "";
  if (!moment.includes("T")) return shownDay(moment);
  // Of another place: the time on the clocks there, "2026-05-04T14:00:00[Europe/Oslo]".
  const there = /^(.{10})T(\d\d:\d\d).*\[(.+)\]$/.exec(moment);
  if (there) {
    const zone = there[3] === Intl.DateTimeFormat().resolvedOptions().timeZone ? "" : ` (${there[3].split("/").at(-1)?.replaceAll("_", " ")})`;
    return `${shownDay(there[1])}, ${there[2]}${zone}`;
  }
  const date = new Date(moment);
  const day = appearance.choices.dates === "iso" ? today(date) : shownDay(today(date));
  return `${day}, ${date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })}`;
}

/** The day here and now, "2026-03-03". */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((asDay(to).getTime() - asDay(from).getTime()) / 86_400_000);
}

export function daysFrom(day: string, days: number): string {
  const date = asDay(day);
  date.setDate(date.getDate() + days);
  return today(date);
}

/** "today", "yesterday", "5 days ago", "in 3 weeks", "4 months ago". */
export function ago(day: string | null | undefined, now = today()): string {
  if (!day) return "never";
  const days = daysBetween(day, now);
  const far = Math.abs(days);
  const said = (n: number, unit: Intl.RelativeTimeFormatUnit) => new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(days > 0 ? -n : n, unit);
  if (far < 14) return said(far, "day");
  if (far < 60) return said(Math.round(far / 7), "week");
  if (far < 700) return said(Math.round(far / 30.4), "month");
  return said(Math.round(far / 365.25), "year");
}

export const counted = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
