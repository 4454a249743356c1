/** Every report of the service, in the order of the page: a new one is a row. */
export type Question = "since" | "until" | "pipeline" | "by" | "days" | "company";
export type Report = { title: string; path: string; asks: readonly Question[]; isDated?: boolean };

const days = ["since", "until"] as const;
const applications = [...days, "pipeline"] as const;

export const reports: Record<string, Report> = {
  pipeline: { title: "Pipeline", path: "/reports/pipeline", asks: applications },
  funnel: { title: "Funnel", path: "/reports/funnel", asks: applications },
  flow: { title: "Flow", path: "/reports/flow", asks: applications },
  "time-in-stage": { title: "Time in stage", path: "/reports/time-in-stage", asks: [...applications, "by"] },
  referrals: { title: "Referrals", path: "/reports/referrals", asks: applications },
  lift: { title: "Lift", path: "/reports/lift", asks: applications },
  network: { title: "Network", path: "/reports/network", asks: days },
  moves: { title: "Job changes", path: "/reports/moves", asks: days },
  events: { title: "Events", path: "/reports/events", asks: days },
  contributions: { title: "Contributions", path: "/reports/contributions", asks: days },
  activity: { title: "Activity", path: "/reports/activity", asks: days },
  proof: { title: "Proof", path: "/reports/proof", asks: days },
  plan: { title: "Week", path: "/plan", asks: [], isDated: true },
  followups: { title: "Follow-ups", path: "/followups", asks: ["days"], isDated: true },
  board: { title: "Board", path: "/board", asks: ["pipeline"] },
  ready: { title: "Whom to ask", path: "/ready", asks: [] },
  who: { title: "Who by company", path: "/companies/{company}/who", asks: ["company"] },
};

/** In what forms a report leaves: the name that the service knows, what it is called, how its file ends. */
export const forms: { format: string; title: string; ending: string; onlyDated?: boolean }[] = [
  { format: "html", title: "HTML", ending: "html" },
  { format: "csv", title: "CSV", ending: "csv" },
  { format: "svg", title: "SVG", ending: "svg" },
  { format: "markdown", title: "Markdown", ending: "md" },
  { format: "text", title: "Text", ending: "txt" },
  { format: "json", title: "JSON", ending: "json" },
  { format: "ics", title: "iCalendar", ending: "ics", onlyDated: true },
];
