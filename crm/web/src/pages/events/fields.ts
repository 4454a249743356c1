import type { Line } from "../../components/Fields.svelte";
import type { Field } from "../../components/FormDialog.svelte";
import { shownDay } from "../../app/dates";

/** What is asked of a new event, and what of one is edited where it stands. */
export const asked: Field[] = [
  { name: "name", label: "Name", required: true },
  { name: "place", label: "Place", hint: "City, or online" },
  { name: "starts", label: "First day", kind: "date" },
  { name: "ends", label: "Last day", kind: "date" },
  { name: "link", label: "Its page", kind: "url" },
];
export const lines: Line[] = [
  { name: "name", label: "Name" },
  { name: "place", label: "Place", empty: "City, or online" },
  { name: "starts_on", as: "starts", label: "First day", kind: "date" },
  { name: "ends_on", as: "ends", label: "Last day", kind: "date" },
  { name: "link", label: "Its page", kind: "url" },
  { name: "notes", label: "Notes", kind: "text" },
];

export function daysOf({ starts_on, ends_on }: { starts_on: string | null; ends_on: string | null }): string {
  if (!starts_on) return "";
  return ends_on && ends_on !== starts_on ? `${shownDay(starts_on)} to ${shownDay(ends_on)}` : shownDay(starts_on);
}
