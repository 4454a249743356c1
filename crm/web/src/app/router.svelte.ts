import type { Component } from "svelte";
import { tick } from "svelte";

/** A page: where it is, what it is called in the rail, and its code, loaded when it is first opened. */
export type Route = { path: string; title: string; load: () => Promise<{ default: Component<any> }> };

export type Match = { route: Route; params: Record<string, string> };

/**
 * Where the browser is. Filters live in the query string, so that every view is a link, Back works, and a reload shows the
 * same. The scroll position of an entry of the browser's history is restored when it is come back to.
 */
class Router {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));
  #entry: string;
  /** Gives false when the page must not be left yet. */
  leaving: (() => boolean) | undefined;

  constructor() {
    history.scrollRestoration = "manual";
    this.#entry = this.#entryOf(history.state) ?? this.#named("replaceState", location.href);
    addEventListener("popstate", (event) => {
      this.#keepScroll();
      this.#entry = this.#entryOf(event.state) ?? this.#named("replaceState", location.href);
      this.#look();
      void this.#putScrollBack();
    });
    addEventListener("pagehide", () => this.#keepScroll());
    addEventListener("click", (event) => this.#follow(event));
  }

  /** A value of the query string. */
  get(name: string): string {
    return this.query.get(name) ?? "";
  }

  go(address: string, replace = false) {
    if (this.leaving && !this.leaving()) return;
    const url = new URL(address, location.href);
    const isElsewhere = url.pathname !== this.path;
    this.#keepScroll();
    this.#entry = this.#named(replace ? "replaceState" : "pushState", url.href);
    this.#look();
    if (isElsewhere) {
      scrollTo(0, 0);
      void tick().then(() => document.getElementById("main")?.focus({ preventScroll: true }));
    }
  }

  /** Changes values of the query string; an empty one goes. Typing replaces the entry of the history, a choice adds one. */
  set(values: Record<string, string | undefined>, replace = true) {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(values)) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    const text = query.toString();
    this.go(this.path + (text ? `?${text}` : ""), replace);
  }

  #look() {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }

  #follow(event: MouseEvent) {
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const isOurs = link.origin === location.origin && !/^\/(api|sign-in|healthz|metrics|feeds)(\/|$)/.test(link.pathname);
    if (!isOurs || link.target || link.hasAttribute("download")) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    this.go(link.href);
  }

  #named(how: "pushState" | "replaceState", href: string): string {
    const entry = Math.random().toString(36).slice(2);
    history[how]({ entry }, "", href);
    return entry;
  }

  #entryOf(state: unknown): string | undefined {
    return (state as { entry?: string } | null)?.entry;
  }

  #keepScroll() {
    sessionStorage.setItem(`scroll ${this.#entry}`, String(scrollY));
  }

  /** Once the page is high enough again, up to a second later. */
  async #putScrollBack() {
    const wanted = Number(sessionStorage.getItem(`scroll ${this.#entry}`) ?? 0);
    for (let tries = 0; tries < 20; tries += 1) {
      await tick();
      scrollTo(0, wanted);
      if (Math.abs(scrollY - wanted) < 2) return;
      await new Promise((go) => setTimeout(go, 50));
    }
  }
}

export const router = new Router();

/** The first route that a path fits: "/contacts/{id}" fits "/contacts/7" with params {id: "7"}. */
export function matched(routes: Route[], path: string): Match | undefined {
  const parts = path.replace(/\/+$/, "").split("/");
  for (const route of routes) {
    const wanted = route.path.replace(/\/+$/, "").split("/");
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, at) => {
      if (!part.startsWith("{")) return part === parts[at];
      params[part.slice(1, -1)] = decoded(parts[at]);
      return parts[at] !== "";
    });
    if (fits) return { route, params };
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
