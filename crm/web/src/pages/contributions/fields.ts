import type { Schemas } from "../../api/client";
import type { Line } from "../../components/Fields.svelte";
import type { Field } from "../../components/FormDialog.svelte";

export type Contribution = Schemas["Contribution"];
const named = (words: string[]) => words.map((value) => ({ value, title: value[0].toUpperCase() + value.slice(1).replaceAll("_", " ") }));
export const kinds = named(["pull_request", "issue", "review", "commits", "release", "talk", "post", "video", "paper", "project"]);
export const states = named(["open", "merged", "closed", "published"]);
export const titleOf = (choices: { value: string; title: string }[], value: string) => choices.find((one) => one.value === value)?.title ?? value;

/** The part that a contact has in it, and the argument by which it is given. */
export const parts = [
  { part: "reviewed", title: "Reviewed by", sends: "reviewed_by" },
  { part: "merged", title: "Merged by", sends: "merged_by" },
  { part: "answered", title: "Answered by", sends: "answered_by" },
  { part: "coauthor", title: "Done with", sends: "with" },
] as const;

/** What is asked of a new one, and what of one is edited where it stands. */
export const asked: Field[] = [
  { name: "title", label: "Title", required: true },
  { name: "kind", label: "Kind", kind: "choice", choices: kinds, value: "pull_request" },
  { name: "state", label: "State", kind: "choice", choices: states, value: "open" },
  { name: "link", label: "Link", kind: "url" },
  { name: "repository", label: "Repository", hint: "owner/name" },
  { name: "company", label: "Company", kind: "pick", path: "/companies" },
  { name: "on", label: "Day", kind: "date" },
];
export const lines: Line[] = [
  { name: "title", label: "Title" },
  { name: "kind", label: "Kind", kind: "choice", choices: kinds },
  { name: "state", label: "State", kind: "choice", choices: states },
  { name: "link", label: "Link", kind: "url" },
  { name: "repository", label: "Repository", empty: "owner/name" },
  { name: "company", label: "Company", kind: "pick", path: "/companies" },
  { name: "opened_on", label: "Opened", kind: "date" },
  { name: "closed_on", label: "Merged or published", kind: "date" },
];
export const dayOf = ({ opened_on, closed_on }: Contribution) => closed_on ?? opened_on;

export type Group = {
  company: string;
  company_id: number | null;
  all: Contribution[];
  repositories: { name: string; all: Contribution[] }[];
  people: { id: number; name: string; parts: string[] }[];
};

/** By company, most work first, and within it by repository; with everybody who met the work. */
export function grouped(all: Contribution[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of all) {
    const group = groups.get(one.company) ?? { company: one.company, company_id: one.company_id, all: [], repositories: [], people: [] };
    groups.set(one.company, group);
    group.all.push(one);
    let repository = group.repositories.find(({ name }) => name === one.repository);
    if (!repository) group.repositories.push((repository = { name: one.repository, all: [] }));
    repository.all.push(one);
    for (const { id, name, part } of one.contacts) {
      let person = group.people.find((known) => known.id === id);
      if (!person) group.people.push((person = { id, name, parts: [] }));
      if (!person.parts.includes(part)) person.parts.push(part);
    }
  }
  return [...groups.values()].sort((a, b) => Number(!a.company) - Number(!b.company) || b.all.length - a.all.length || a.company.localeCompare(b.company));
}
