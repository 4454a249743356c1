import type { IconName } from "../../components/icons";

/** A thing of the plan as the service tells it; of what was left out without a day. */
export type PlanRow = {
  due?: string;
  minutes: number;
  kind: string;
  who: string;
  what: string;
  why: string;
  left_out: string;
  subject: string;
  contact_id: number | null;
  application_id: number | null;
  referral_id: number | null;
};
export type PlanDocument = { title: string; finding: string; fields: { minutes: number }; tables: Record<string, PlanRow[]>; texts?: string[] };

const icons: Record<string, IconName> = { preparation: "person", thanks: "favours", promise: "handshake", ask: "bell", person: "mail", application: "board", task: "check" };
export const planIcon = (kind: string): IconName => icons[kind] ?? "check";

const leftOut = "Left out";
const chart = "Where the time goes";

/** The days in their order, what was left out, and how many things that are in all. */
export function planOf({ finding, fields, tables, texts }: PlanDocument) {
  const left = tables[leftOut] ?? [];
  const more = Number(/\d+/.exec(texts?.[0] ?? "")?.[0] ?? 0);
  return {
    finding,
    minutes: fields.minutes,
    days: Object.entries(tables).filter(([title]) => title !== leftOut && title !== chart).map(([title, rows]) => ({ title, rows })),
    leftOut: left,
    leftOutCount: left.length + more,
  };
}

export function planLink(row: PlanRow): string {
  const [noun] = row.subject.split(" ");
  if (noun === "referral" && row.referral_id) return `/referrals/${row.referral_id}`;
  if ((noun === "application" || noun === "interview" || !row.contact_id) && row.application_id) return `/applications/${row.application_id}`;
  return row.contact_id ? `/contacts/${row.contact_id}` : "";
}
