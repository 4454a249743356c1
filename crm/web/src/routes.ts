import type { Route } from "./app/router.svelte";
import type { IconName } from "./components/icons";

/** Every page: its address, its title, its code. */
export const routes: Route[] = [
  { path: "/", title: "Today", load: () => import("./pages/Today.svelte") },
  { path: "/contacts", title: "Contacts", load: () => import("./pages/Contacts.svelte") },
  { path: "/contacts/duplicates", title: "Duplicates", load: () => import("./pages/Duplicates.svelte") },
  { path: "/contacts/{id}", title: "Contact", load: () => import("./pages/Contact.svelte") },
  { path: "/companies", title: "Companies", load: () => import("./pages/Companies.svelte") },
  { path: "/companies/{id}", title: "Company", load: () => import("./pages/Company.svelte") },
  { path: "/ready", title: "Whom to ask", load: () => import("./pages/Ready.svelte") },
  { path: "/board", title: "Board", load: () => import("./pages/Board.svelte") },
  { path: "/applications/{id}", title: "Application", load: () => import("./pages/Application.svelte") },
  { path: "/events", title: "Events", load: () => import("./pages/Events.svelte") },
  { path: "/events/{id}", title: "Event", load: () => import("./pages/Event.svelte") },
  { path: "/contributions", title: "Contributions", load: () => import("./pages/Contributions.svelte") },
  { path: "/contributions/{id}", title: "Contribution", load: () => import("./pages/Contribution.svelte") },
  { path: "/favours", title: "Favours", load: () => import("./pages/Favours.svelte") },
  { path: "/referrals/{id}", title: "Referral", load: () => import("./pages/Referral.svelte") },
  { path: "/brief/{of}/{id}", title: "Brief", load: () => import("./pages/Brief.svelte") },
  { path: "/reports", title: "Reports", load: () => import("./pages/Reports.svelte") },
  { path: "/import", title: "Import", load: () => import("./pages/Import.svelte") },
  { path: "/history", title: "History", load: () => import("./pages/History.svelte") },
  { path: "/settings", title: "Settings", load: () => import("./pages/Settings.svelte") },
];

/** The rail. `key` is the second of "g t"; `phone`: in the bar of five at the foot of a small screen. */
export const rail: { path: string; title: string; icon: IconName; key: string; phone?: boolean }[] = [
  { path: "/", title: "Today", icon: "today", key: "t", phone: true },
  { path: "/contacts", title: "Contacts", icon: "contacts", key: "c", phone: true },
  { path: "/companies", title: "Companies", icon: "companies", key: "o", phone: true },
  { path: "/board", title: "Board", icon: "board", key: "b", phone: true },
  { path: "/events", title: "Events", icon: "events", key: "e" },
  { path: "/contributions", title: "Contributions", icon: "contributions", key: "n" },
  { path: "/favours", title: "Favours", icon: "favours", key: "f" },
  { path: "/reports", title: "Reports", icon: "reports", key: "r" },
  { path: "/import", title: "Import", icon: "import", key: "i" },
  { path: "/history", title: "History", icon: "history", key: "h" },
  { path: "/settings", title: "Settings", icon: "settings", key: "s" },
];
