import { get, type Page as List, type Schemas } from "../../api/client";
import type { Application } from "./figures";

export const most = 200; // histories that are read for one report
export const kinds = ["lead", "referral", "applied", "screen", "assessment", "interview", "offer"];
export type Facts = { all: Application[]; stages: string[]; applied: number; left: number };

/** The applications of a pipeline (all: "") that were opened within the days, with their histories; the newest first. */
export async function facts(pipeline: string, from: string, to: string, signal: AbortSignal): Promise<Facts> {
  const lines: Schemas["ApplicationLine"][] = [];
  const pipelines = (await get<List<Schemas["PipelineLine"]>>("/pipelines", {}, signal)).items;
  const whole = await Promise.all(pipelines.map(({ id }) => get<Schemas["Pipeline"]>(`/pipelines/${id}`, {}, signal)));
  for (let after: string | null = ""; after !== null; ) {
    const page: List<Schemas["ApplicationLine"]> = await get("/applications", { all: true, limit: 1000, sort: "-opened_on", after }, signal);
    lines.push(...page.items);
    after = page.next;
  }
  const wanted = lines.filter((one) => (!pipeline || String(one.pipeline_id) === pipeline) && (!from || one.opened_on >= from) && (!to || one.opened_on <= to));
  const chosen = whole.find(({ id }) => String(id) === pipeline);
  const own = chosen?.stages.filter(({ kind }) => kind !== "closed").map(({ name }) => name);
  const stages = own ?? kinds.map((kind) => kind[0].toUpperCase() + kind.slice(1));
  const kindOf = new Map(whole.flatMap(({ id, stages }) => stages.map(({ name, kind }) => [`${id} ${name}`, kind as string])));
  const records = await inTurns(wanted.slice(0, most), (line) => get<Schemas["Application"]>(`/applications/${line.id}`, {}, signal));
  const all = records.map(({ id, title, source, opened_on, closed_on, outcome, history, pipeline_id }) => ({
    id,
    title,
    source,
    opened: opened_on,
    closed: outcome === "open" ? "" : (closed_on ?? history.at(-1)?.on ?? opened_on),
    outcome,
    steps: [...history]
      .map(({ on, stage }) => ({ on, stage, rank: own ? own.indexOf(stage) : kinds.indexOf(kindOf.get(`${pipeline_id} ${stage}`) ?? "") }))
      .filter(({ rank }) => rank >= 0)
      .map(({ on, rank }) => ({ on, rank, stage: stages[rank] })),
  }));
  return { all, stages, applied: own ? Math.max(0, chosen?.stages.findIndex(({ kind }) => kind === "applied") ?? 0) : kinds.indexOf("applied"), left: wanted.length - records.length };
}

/** Six at a time: quick, and nothing else has to wait. */
async function inTurns<T, R>(all: T[], load: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    while (next < all.length) {
      const at = next++;
      results[at] = await load(all[at]);
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  return results;
}

/** Days of what happened, newest first, back to `from`; at most 20,000. */
export async function interactionDays(from: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = ""; after !== null && found.length < 20_000; ) {
    const page: List<{ at: string }> = await get("/interactions", { limit: 1000, fields: "at", after }, signal);
    found.push(...page.items.map(({ at }) => at));
    after = (page.items.at(-1)?.at ?? "") < from ? null : page.next;
  }
  return found;
}
