import { offers, type Action } from "./actions.svelte";

/** j k and the arrows go along the links that have `data-walk`, for lists short enough to be in the page whole. */
export function walks(group: string, more: Action[] = []) {
  const links = () => [...document.querySelectorAll<HTMLElement>("main [data-walk]")];
  const go = (by: number) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };
  const when = () => links().length > 0;
  offers([
    { id: `${group} next`, title: "Next row", group, keys: ["j", "ArrowDown"], hidden: true, when, run: () => go(1) },
    { id: `${group} previous`, title: "Previous row", group, keys: ["k", "ArrowUp"], hidden: true, when, run: () => go(-1) },
    { id: `${group} open`, title: "Open the row", group, keys: "o", hidden: true, when: () => links().includes(document.activeElement as HTMLElement), run: () => (document.activeElement as HTMLElement).click() },
    ...more,
  ]);
}
