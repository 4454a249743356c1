import type { Tab } from "../../components/Tabs.svelte";

/** The views of companies. */
export const tabsOf = (current: "" | "targets" | "ready"): Tab[] =>
  (
    [
      ["All", "/companies", ""],
      ["Targets", "/companies?show=targets", "targets"],
      ["Whom to ask", "/ready", "ready"],
    ] as const
  ).map(([title, href, view]) => ({ title, href, current: view === current }));
