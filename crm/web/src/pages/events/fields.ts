import type { Field } from "../../components/Form.svelte";
import { shownDay } from "../../app/dates";

export const fields: Field[] = [
  { name: "name", label: "Name", needed: true },
  { name: "place", label: "Place", hint: "City, or online" },
  { name: "starts_on", sends: "starts", label: "First day", kind: "date", only: "edit" },
  { name: "starts", label: "First day", kind: "date", only: "new" },
  { name: "ends", label: "Last day", kind: "date", only: "new" },
  { name: "ends_on", sends: "ends", label: "Last day", kind: "date", only: "edit" },
  { name: "link", label: "Its page", kind: "url", hint: "https://" },
  { name: "notes", label: "Notes", kind: "text", only: "edit" },
];

export function daysOf({ starts_on, ends_on }: { starts_on: string | null; ends_on: string | null }): string {
  if (!starts_on) return "";
  return ends_on && ends_on !== starts_on ? `${shownDay(starts_on)} to ${shownDay(ends_on)}` : shownDay(starts_on);
}
