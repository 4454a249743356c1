import type { Query } from "../../api/client";
import { get } from "../../api/client";

/** A way from me to a company, as `who` tells it; over a friend when there is one. */
export type Way = {
  section: "Now" | "Second hop" | "Formerly" | "Maintainers";
  id: number;
  name: string;
  title: string;
  company?: string;
  tie: string;
  score: number;
  last_in_touch: string;
  why: string;
  ready?: string;
  step: string;
  through_id?: number;
  through?: string;
  through_score?: number;
  warmth?: number;
};

export const warmthOf = (way: Way) => way.warmth ?? way.score;

/** Every way to a company, the warmest first; of equal ones those there now. */
export async function waysTo(company: string, signal: AbortSignal): Promise<Way[]> {
  const { tables } = await get<{ tables: Record<string, Omit<Way, "section">[]> }>(`/companies/${encodeURIComponent(company)}/who`, {}, signal);
  const sections = ["Now", "Second hop", "Formerly", "Maintainers"] as const;
  return sections.flatMap((section) => (tables[section] ?? []).map((way) => ({ ...way, section }))).sort((a, b) => warmthOf(b) - warmthOf(a));
}

/** Somebody who may be asked for a referral. */
export type ToAsk = { id: number; name: string; company_id: number; company: string; title: string; verdict: string; score: number; tie: number; why: string; records: string; step: string };
export type Ready = { finding: string; tables: Record<"Ready" | "Warm up first" | "Not yet", ToAsk[]> };
export const whomToAsk = (query: Query, signal: AbortSignal) => get<Ready>("/ready", query, signal);

/** "works there [employment 7];\na good tie" → its lines, each with the page of the record that it names. */
export const linesOf = (text: string) =>
  (text ? text.split(";\n") : []).map((line) => {
    const [, said, noun, id] = line.match(/^(.*) \[(\w+) (\d+)\]$/) ?? [, line, "", ""];
    return { said: said ?? line, href: ["referral", "contribution", "application", "contact", "event"].includes(noun ?? "") ? `/${noun}s/${id}` : undefined };
  });
