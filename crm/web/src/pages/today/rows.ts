import type { Schemas } from "../../api/client";
import type { IconName } from "../../components/icons";
import { ago, daysFrom, shownTime } from "../../app/dates";
import type { About, Kind } from "../drafts/about";
import { balances } from "../favours/balance";
import { sentence } from "../../app/toasts.svelte";

/** A follow-up as the service tells it; of ids only those that it knows. */
export type FollowUp = {
  due: string;
  who: string;
  what: string;
  why: string;
  settle: string;
  kind: string;
  subject: string;
  step?: string;
  contact_id?: number | null;
  contact?: string;
  application_id?: number | null;
  event_id?: number | null;
};
export type FollowUps = { title: string; tables: Record<string, FollowUp[]> };

/** What is asked of the service when a row is done, and the words of its button. */
export type Step = { word: string; method: "POST" | "PATCH"; path: string; body: Record<string, unknown> };

/** A row of Today, of whatever list. */
export type Item = {
  key: string;
  list: "follow" | "mail" | "stale" | "upcoming" | "waiting";
  /** Of a follow-up, under which heading. */
  part: "Overdue" | "Today" | "Ahead";
  /** What it is, in a word, and its sign. */
  kind: string;
  icon: IconName;
  title: string;
  why: string;
  due: string;
  when: string;
  late: boolean;
  href: string;
  /** Whom a typed text is logged with, or the application whose history takes it. */
  contact?: number;
  referral?: number;
  application?: number;
  task?: number;
  interview?: number;
  done?: Step;
  /** Another way to settle it. */
  other?: Step;
  /** Done means that it is logged. */
  logs?: boolean;
  /** The message that it asks for. */
  message?: About;
};

/** What to write for a follow-up of a kind. */
const messages: Record<string, Kind> = { promise: "promise", cadence: "hello", after_event: "after_event", nudge: "nudge", thanks: "thanks", outcome: "outcome", moved: "congratulation", quiet: "hello" };

const kinds: Record<string, [word: string, icon: IconName]> = {
  task: ["To do", "check"],
  promise: ["Promise", "handshake"],
  cadence: ["Keep in touch", "clock"],
  after_event: ["After an event", "events"],
  nudge: ["Nudge", "bell"],
  referral: ["Referral", "handshake"],
  thanks: ["Thanks owed", "favours"],
  outcome: ["Tell the outcome", "mail"],
  stale: ["Stale", "warning"],
  deadline: ["Deadline", "clock"],
  interview: ["Interview", "person"],
  moved: ["New job", "building"],
  invitation: ["Invitation", "mail"],
  quiet: ["Gone quiet", "clock"],
};
const stepWords: Record<string, string> = { no_answer: "No answer came", sent_materials: "Sent", submitted: "Handed in", confirmed: "Confirmed", expired: "Expired" };
const spaced = (word: string) => word.replaceAll("_", " ");

/** The request that stands for the command that settles a follow-up; none for one that a typed line settles, or that waits for more. */
export function stepOf(settle: string): Step | undefined {
  const found = /^ties (task|interaction|referral|application|interview) (\w+) (\d+) ?(.*)$/.exec(settle);
  if (!found) return undefined;
  const [, noun, verb, id, rest] = found;
  const step = (word: string, path: string, body: Record<string, unknown> = {}, method: Step["method"] = "POST") => ({ word, method, path: `/${noun}s/${id}${path}`, body });
  switch (`${noun} ${verb}`) {
    case "task done":
      return step("Done", "/done");
    case "interaction edit":
      return step("Settled", "", { answered: true }, "PATCH");
    case "referral step":
      return step(stepWords[rest] ?? `To ${spaced(rest)}`, "/step", { state: rest });
    case "referral thank":
      return rest === "--told" ? step("Told", "/thank", { told: true }) : step("Thanked", "/thank");
    case "application move":
      return rest === "STAGE" ? undefined : step(`Move to ${spaced(rest)}`, "/move", { stage: rest });
    case "application close":
      return step(rest === "accepted" ? "Accepted" : `Close as ${spaced(rest)}`, "/close", { outcome: rest });
    case "interview done":
      return rest === "--thanked" ? step("Thanked", "/done", { thanked: true }) : step("It was held", "/done");
  }
  return undefined;
}

/** A typed text goes along with a step that takes one, under the name that it has there. */
export function withText(step: Step, text: string): Step | undefined {
  const name = /^\/(referrals|applications)\/\d+\/(step|move|close)$/.test(step.path) ? "note" : /^\/interviews\/\d+\/done$/.test(step.path) ? "notes" : undefined;
  return name && text ? { ...step, body: { ...step.body, [name]: text } } : undefined;
}

/** The day of "Follow-ups on Tue 24 Nov 2026", as the file's zone has it. */
export function dayOf(title: string, otherwise: string): string {
  const at = new Date(`${title.replace(/^.* on \w+ /, "")} 12:00 UTC`);
  return Number.isNaN(at.getTime()) ? otherwise : at.toISOString().slice(0, 10);
}

/** "3 days late", "today", "in 2 days" */
export function dueWords(due: string, today: string): string {
  if (!due) return "";
  return due < today ? ago(due, today).replace("yesterday", "1 day late").replace(" ago", " late") : ago(due, today);
}

type Known = { followups: FollowUps; suggestions: Schemas["Suggestion"][]; tasks: Schemas["Task"][]; interviews: Schemas["Interview"][]; events: Schemas["EventLine"][] };
export const near = 14; // days that Upcoming looks ahead
const soon = 7;

/** Everything that Today shows, most urgent first. */
export function itemsOf({ followups, suggestions, tasks, interviews, events }: Known, today: string): Item[] {
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  const roundOf = new Map(interviews.map((round) => [round.id, round]));
  const items: Item[] = [];
  for (const row of Object.values(followups.tables).flat()) {
    const [noun, number] = row.subject.split(" ");
    const id = Number(number);
    const step = stepOf(row.settle);
    const task = noun === "task" ? taskOf.get(id) : undefined;
    const isPrepared = row.kind === "interview" && (row.step === "prepare" || (row.step === undefined && /^prepare /.test(row.what)));
    // Suggestions and the rounds to come have lists of their own.
    if (row.kind === "suggestion" || isPrepared) continue;
    const isAhead = row.kind === "deadline" && row.due >= today;
    if (!isAhead && row.due > daysFrom(today, soon)) continue;
    const contact = row.contact_id ?? (noun === "contact" ? id : task?.contact_id) ?? undefined;
    const application = row.application_id ?? (noun === "application" ? id : noun === "interview" ? roundOf.get(id)?.application_id : task?.application_id) ?? undefined;
    const [kind, icon] = kinds[row.kind] ?? [spaced(row.kind), "check"];
    const what = sentence(row.what).replace(/\.$/, "");
    items.push({
      key: `${row.kind} ${row.subject} ${row.settle}`,
      list: row.kind === "stale" ? "stale" : isAhead ? "upcoming" : "follow",
      part: row.due < today ? "Overdue" : row.due === today ? "Today" : "Ahead",
      kind,
      icon,
      title: !row.who || row.what.includes(row.who) ? what : `${row.who}: ${row.what}`,
      why: row.why,
      due: row.due,
      when: dueWords(row.due, today),
      late: row.due < today,
      href: hrefOf(noun, id, contact, application, task, row.who),
      contact,
      application: contact === undefined ? application : undefined,
      referral: noun === "referral" && contact === undefined ? id : undefined,
      task: noun === "task" ? id : undefined,
      interview: noun === "interview" ? id : undefined,
      done: step,
      logs: row.settle.startsWith("ties log "),
      message: contact !== undefined && messages[row.kind] ? { contact, name: row.contact || row.who, kind: messages[row.kind], referral: noun === "referral" ? id : undefined, task: noun === "task" ? id : undefined, event: row.kind === "after_event" ? (row.event_id ?? undefined) : undefined } : undefined,
    });
  }
  for (const one of suggestions) {
    const step = (word: string, verb: string): Step => ({ word, method: "POST", path: `/suggestions/${one.id}/${verb}`, body: {} });
    items.push({
      ...plain(`suggestion ${one.id}`, "mail", "From mail", "mail", sentence(one.says).replace(/\.$/, ""), one.evidence, one.on, today),
      when: ago(one.on, today),
      late: false,
      href: one.application ? `/applications/${one.application}` : one.referral ? `/referrals/${one.referral}` : one.company_id ? `/companies/${one.company_id}` : "/import",
      done: step("It is so", "accept"),
      other: step("Not so", "dismiss"),
    });
  }
  for (const round of interviews) {
    const day = round.at.slice(0, 10);
    if (round.outcome !== "planned" || day < today || day > daysFrom(today, near)) continue;
    const who = round.contacts.map(({ name }) => name).join(", ");
    items.push({ ...plain(`round ${round.id}`, "upcoming", "Interview", "person", `${sentence(round.kind || "interview").replace(/\.$/, "")}: ${round.application}`, [shownTime(round.at), who && `with ${who}`, round.place].filter(Boolean).join(", "), day, today), href: `/applications/${round.application_id}`, application: round.application_id });
  }
  for (const event of events) {
    const begins = event.starts_on;
    if (!begins || begins < today || begins > daysFrom(today, near)) continue;
    items.push({ ...plain(`event ${event.id}`, "upcoming", "Event", "events", event.name, event.place, begins, today), href: `/events/${event.id}` });
  }
  const told = new Set(items.map(({ task }) => task));
  for (const task of tasks) {
    if (task.owed_by !== "them" || task.state !== "open" || told.has(task.id)) continue;
    const step: Step = { word: "They did it", method: "POST", path: `/tasks/${task.id}/done`, body: {} };
    items.push({ ...plain(`waiting ${task.id}`, "waiting", "Promised to me", "handshake", `${task.contact ?? "Somebody"}: ${task.text}`, `since ${ago(task.made_on, today)}`, task.due ?? "", today), href: hrefOf("task", task.id, task.contact_id ?? undefined, task.application_id ?? undefined, task, ""), contact: task.contact_id ?? undefined, task: task.id, done: step });
  }
  const order = ["follow", "mail", "stale", "upcoming", "waiting"];
  return items.map((item, at) => ({ item, at })).sort((a, b) => order.indexOf(a.item.list) - order.indexOf(b.item.list) || (a.item.due || "9").localeCompare(b.item.due || "9") || a.at - b.at).map(({ item }) => item);
}

function plain(key: string, list: Item["list"], kind: string, icon: IconName, title: string, why: string, due: string, today: string): Item {
  return { key, list, part: "Ahead", kind, icon, title, why, due, when: dueWords(due, today), late: due !== "" && due < today, href: "" };
}

function hrefOf(noun: string, id: number, contact: number | undefined, application: number | undefined, task: Schemas["Task"] | undefined, who: string): string {
  if (noun === "referral") return `/referrals/${id}`;
  if (task?.event_id && !contact) return `/events/${task.event_id}`;
  if ((noun === "application" || noun === "interview" || !contact) && application) return `/applications/${application}`;
  if (contact) return `/contacts/${contact}`;
  if (task?.company_id) return `/companies/${task.company_id}`;
  return who ? `/contacts?query=${encodeURIComponent(who)}` : "";
}

/** Who helped twice or more and was never helped back, the one who waits longest: at most one is shown. */
export function unreturned(favours: Schemas["Favour"][]) {
  return balances(favours)
    .filter(({ received, given }) => received >= 2 && given === 0)
    .sort((a, b) => a.last.localeCompare(b.last))[0];
}
