import { act } from "../../app/act.svelte";
import { sentence, toasts } from "../../app/toasts.svelte";
import type { JobStep } from "../../app/live.svelte";
import type { Schemas } from "../../api/client";

type List<T> = { total: number; items: T[] };
export type ImportOptions = { as?: string; since?: string; summary?: boolean; new_people?: boolean; bodies?: boolean; stage?: string[]; map?: string[] };
export type ImportRow = { kind: "new" | "changed" | "skipped"; noun: string; id: number | null; name: string; what: string; file: string; line: number };
export type Pair = { new: { id: number | null; name: string }; other: { id: number | null; name: string }; score: number; reasons: string[] };

/** What an import found, before or after it was brought in; an export of Ties gives its files only. */
export type Found = {
  files: Schemas["ImportedFile"][];
  rows?: ImportRow[];
  job_changes?: List<string>;
  differences?: List<string>;
  stages?: List<{ said: string; stage: string; applications: number }>;
  strangers?: List<{ address: string; name: string; times: number }>;
  issues?: List<{ file: string; line: number; column: number; message: string }>;
  possible_duplicates?: List<Pair>;
};

export type JobState = "uploaded" | "previewing" | "previewed" | "applying" | "done" | "failed" | "cancelled";
export type Job = {
  id: string;
  name: string;
  bytes: number;
  uploaded_at: string;
  state: JobState;
  options: ImportOptions;
  progress: JobStep["progress"];
  said: string;
  change: number | null;
  undone: boolean;
  error: string | null;
  files: { name: string; bytes: number }[];
  remarks: string[];
  preview: Found | null;
  result: Found | null;
};

export const isAtWork = ({ state }: Job) => state === "previewing" || state === "applying";
export const sum = (found: Found, of: "rows" | "created" | "changed" | "unchanged" | "skipped") => found.files.reduce((all, file) => all + file[of], 0);
export const issuesOf = (job: string) => `/api/v1/import-jobs/${job}/issues.csv`;

export function sized(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${(bytes / 1000 ** step).toLocaleString("en", { maximumFractionDigits: step && bytes < 10 * 1000 ** step ? 1 : 0 })} ${units[step]}`;
}

/** A step of a job, which answers with the job and says nothing by itself. Options take the place of those before. */
export const step = (job: string, what: "preview" | "apply" | "cancel", options?: ImportOptions) =>
  act("POST", `/import-jobs/${job}/${what}`, options, { quiet: true }) as Promise<unknown> as Promise<Job | undefined>;

export type Kept = Schemas["TakenBack"]["kept"];
/** Takes something back, says so, and gives the records that stay because they were changed since. */
export async function takenBack(path: string, body?: object, said?: string): Promise<Kept | undefined> {
  const done = await act<Schemas["TakenBack"]>("POST", path, body, { quiet: true });
  if (!done) return undefined;
  toasts.say(said ?? sentence(done.said), done.change);
  return done.data.kept;
}

/**
 * What is read together: cards, calendars, mails and all else are sources of their own, and so is each archive. Files of one
 * kind belong together, as the tables of an unpacked export do.
 */
export function sourcesOf(files: { name: string; file: File }[]): { name: string; file: File }[][] {
  const kinds: [string, RegExp][] = [
    ["cards", /\.vcf$/i],
    ["calendar", /\.ics$/i],
    ["mail", /\.(mbox|eml|emlx)$/i],
  ];
  const groups = new Map<string, { name: string; file: File }[]>();
  for (const one of files) {
    const key = /\.(zip|gz|tgz)$/i.test(one.name) ? one.name : (kinds.find(([, ending]) => ending.test(one.name))?.[0] ?? "");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** The files that were dropped, those in folders with their folder's name. */
export async function droppedFiles(data: DataTransfer): Promise<{ name: string; file: File }[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: { name: string; file: File }[] = [];
  const look = async (entry: FileSystemEntry): Promise<void> => {
    if (entry.isFile) {
      const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
      found.push({ name: entry.fullPath.replace(/^\//, ""), file });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const inside = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
      if (!inside.length) return;
      for (const one of inside) await look(one);
    }
  };
  for (const entry of entries) await look(entry);
  return found.length || entries.length ? found : [...data.files].map((file) => ({ name: file.name, file }));
}
