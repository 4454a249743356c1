import type { components } from "./schema";
import { connection } from "../app/connection.svelte";
import { session } from "../app/session.svelte";

export type Schemas = components["schemas"];
export type Warning = { guard: string; reason: string };

/** What the service says when it refuses (application/problem+json). */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  field?: string;
  warnings?: Warning[];
  current?: unknown;
  given?: unknown;
  request_id?: string;
};

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
  /** "guarded", "changed-meanwhile", "not-found", …; "lost" when the service was not reached. */
  get kind() {
    return this.problem.type.replace("urn:ties:problem:", "");
  }
}

/** A page of a list. `next` goes on as `after`; null on the last page. */
export type Page<T> = { items: T[]; total: number; next: string | null };

/** What a write answers; `change` is its number in the history, by which it is undone. */
export type Done<T = unknown> = {
  said: string;
  change: number | null;
  remarks: string[];
  overridden: Warning[];
  data: T;
};

type Value = string | number | boolean | null | undefined;
export type Query = Record<string, Value | Value[]>;

/** "/contacts" and {query: ["ada", "tag:alumni"]} → "/api/v1/contacts?query=ada&query=tag%3Aalumni". */
export function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (value !== undefined && value !== null && value !== "") words.append(name, String(value));
    }
  }
  const text = words.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

const lost = (): Problem => ({
  type: "lost",
  title: "Not connected",
  status: 0,
  detail: "Ties was not reached. What you typed is kept; try again when it runs.",
});

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { type: "unknown", title: response.statusText, status: response.status, detail: "The answer cannot be read." };
  }
}

/**
 * A request as it is. Throws Refusal when it is refused or not answered. One that comes after the session's end waits
 * until somebody signs in, and is sent again then.
 */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    let response: Response;
    try {
      response = await fetch(url, { credentials: "same-origin", ...init });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      connection.isLost();
      throw new Refusal(lost());
    }
    connection.isThere();
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (response.status !== 401 || problem.type === "urn:ties:problem:sign-in-failed") throw new Refusal(problem);
    await session.renewed();
  }
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await send(address(path, query), { signal })).json() as Promise<T>;
}

/** A record, and its ETag for a later `ifMatch`. */
export async function record<T>(path: string, signal?: AbortSignal): Promise<{ value: T; tag: string }> {
  const response = await send(address(path), { signal });
  return { value: (await response.json()) as T, tag: response.headers.get("ETag") ?? "" };
}

export type WriteOptions = {
  query?: Query;
  ifMatch?: string;
  /** The same key makes a repeated write harmless; a new one for each unless given. */
  key?: string;
};

export const newKey = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join("-");

/** POST, PATCH, PUT or DELETE. PATCH is a merge patch: null clears, what is absent stays. */
export async function write<T = unknown>(method: string, path: string, body?: unknown, options: WriteOptions = {}): Promise<Done<T>> {
  const headers: Record<string, string> = { "Idempotency-Key": options.key ?? newKey() };
  if (body !== undefined) headers["Content-Type"] = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  if (options.ifMatch) headers["If-Match"] = options.ifMatch;
  const response = await send(address(path, options.query), {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? ({ said: "", change: null, remarks: [], overridden: [], data: undefined } as unknown as Done<T>) : response.json();
}

export type UploadOptions = { query?: Query; key?: string; signal?: AbortSignal; progress?: (sent: number, total: number) => void };

/** Sends files as one form, straight from the disk, and tells how much has been sent. */
export async function upload<T = unknown>(path: string, files: { name: string; file: Blob }[], options: UploadOptions = {}): Promise<T> {
  const key = options.key ?? newKey();
  const form = new FormData();
  for (const { name, file } of files) form.append("file", file, name);
  for (;;) {
    const { status, text } = await new Promise<{ status: number; text: string }>((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", address(path, options.query));
      request.setRequestHeader("Idempotency-Key", key);
      request.upload.onprogress = ({ loaded, total }) => options.progress?.(loaded, total);
      request.onload = () => done({ status: request.status, text: request.responseText });
      request.onerror = () => {
        connection.isLost();
        failed(new Refusal({ ...lost(), detail: "The files did not arrive: Ties was not reached, or a file cannot be read. Choose them again when it runs." }));
      };
      request.onabort = () => failed(new DOMException("Given up", "AbortError"));
      options.signal?.addEventListener("abort", () => request.abort());
      request.send(form);
    });
    connection.isThere();
    if (status < 300) return JSON.parse(text) as T;
    if (status !== 401) throw new Refusal(await problemOf(new Response(text, { status })));
    await session.renewed();
  }
}
