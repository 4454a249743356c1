import type { Page, Query, Schemas } from "../../api/client";
import { get } from "../../api/client";
import type { IconName } from "../../components/icons";

export type Line = Schemas["ApplicationLine"];
export type Referral = Schemas["Referral"];
type State = Referral["state"];

/** "no_answer" → "No answer". */
export const said = (word: string) => (word === "cv" ? "CV" : word ? word[0].toUpperCase() + word.slice(1).replaceAll("_", " ") : "");
export const choicesOf = (words: readonly string[]) => words.map((value) => ({ value, title: said(value) }));

export const outcomes = ["rejected", "withdrawn", "declined", "accepted", "ghosted", "expired"] as const;
export const sources = ["unknown", "referral", "cold", "recruiter", "inbound", "event"] as const;
export const parts = ["referrer", "recruiter", "hiring_manager", "insider", "agency"] as const;
export const results = ["planned", "done", "passed", "failed", "cancelled"] as const;
export const priorities = [3, 2, 1, 0].map((n) => ({ value: String(n), title: ["None", "Low", "Middle", "High"][n] }));
export const priorityOf = (n: number) => priorities[3 - n]?.title ?? "";

/** How an outcome, a result or a state of a referral looks: never by colour alone. */
export function markOf(word: string): { icon: IconName; look: string } {
  if (["accepted", "passed", "done", "submitted", "confirmed", "credited", "agreed"].includes(word)) return { icon: "check", look: "good" };
  if (["rejected", "failed", "declined", "blocked"].includes(word)) return { icon: "close", look: "bad" };
  if (["ghosted", "no_answer", "expired", "needs_more"].includes(word)) return { icon: "warning", look: "warm" };
  if (["withdrawn", "cancelled", "role_closed"].includes(word)) return { icon: "close", look: "" };
  return { icon: "clock", look: "" };
}

/** What a step of a referral is called on its button. */
export const stepNames: Record<State, string> = {
  idea: "An idea", to_approach: "I mean to approach them", asked: "I asked", needs_more: "They need more", introduced: "They introduced me", agreed: "They agreed",
  sent_materials: "I sent what they need", submitted: "They handed it in", confirmed: "It was confirmed", credited: "It was credited", declined: "They declined",
  no_answer: "No answer came", withdrawn: "I withdraw it", role_closed: "The role was closed", expired: "It expired", blocked: "It is blocked",
};

/** A list, whole, by pages of 1,000. */
export async function all<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = "";
  do {
    const page: Page<T> = await get<Page<T>>(path, { ...query, limit: 1000, after }, signal);
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}

/** `to`: whom the other person knows there; else they are asked who that may be. */
export const askingText = (kind: "referral" | "introduction", name: string, company: string, role: string, to = "") =>
  kind === "referral"
    ? `Hello ${name},\n\nI would like to apply${role ? ` for ${role}` : ""} at ${company}. You know my work; would you be willing to refer me? I can send a CV that fits, the posting, and three lines about what I would bring.\n\nIf it is not a good time, please say so; I will understand. And tell me if there is something that I can do for you.`
    : `Hello ${name},\n\nI am interested in ${company}${role ? `, in the role of ${role}` : ""}. ${to ? `I think that you know ${to} there; would you introduce us?` : "Is there somebody there whom I could talk to for twenty minutes, and would you introduce us?"} I can write a few lines about myself that you can pass on.\n\nIf it is not a good time, please say so; I will understand. And tell me if there is something that I can do for you.`;
