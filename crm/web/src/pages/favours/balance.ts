import type { Schemas } from "../../api/client";

export type Balance = { id: number; name: string; received: number; given: number; last: string; text: string };

/** What each person gave and got; whoever is owed most comes first, then the latest. `text`: their latest help. */
export function balances(favours: Schemas["Favour"][]): Balance[] {
  const people = new Map<number, Balance & { helped: string }>();
  for (const { contact_id: id, contact: name, direction, on, text } of favours) {
    const one = people.get(id) ?? { id, name, received: 0, given: 0, last: "", text: "", helped: "" };
    people.set(id, one);
    one[direction] += 1;
    if (on > one.last) one.last = on;
    if (direction === "received" && on >= one.helped && (text || !one.text)) (one.helped = on), (one.text = text);
  }
  return [...people.values()].sort((a, b) => b.received - b.given - (a.received - a.given) || b.last.localeCompare(a.last) || a.name.localeCompare(b.name));
}
