/**
 * The arithmetic of the reports, and nothing else: applications with their histories in, rows out. Days are "2026-03-03".
 * What a stage is called and how far along it is are given, so that it does not matter whether stages of one pipeline or
 * kinds of stages are counted.
 */
export type Step = { on: string; stage: string; rank: number };
export type Application = {
  id: number;
  title: string;
  source: string;
  opened: string;
  /** "" while it is open. */
  closed: string;
  outcome: string;
  /** Oldest first; steps that only carry a note repeat the stage. */
  steps: Step[];
};

const days = (from: string, to: string) => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
export const percent = (part: number, whole: number) => (whole ? Math.round((part / whole) * 100) : 0);

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: number[]): number | null {
  if (!numbers.length) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The smallest that nine in ten do not exceed (nearest rank). */
export function p90(numbers: number[]): number | null {
  if (!numbers.length) return null;
  return [...numbers].sort((a, b) => a - b)[Math.ceil(numbers.length * 0.9) - 1];
}

/** The way that an application took, without going back: a stage counts when it is further than all before. */
export function way(application: Application): Step[] {
  const kept: Step[] = [];
  for (const step of application.steps) if (!kept.length || step.rank > kept[kept.length - 1].rank) kept.push(step);
  return kept;
}

const furthest = (application: Application) => way(application).at(-1)?.rank ?? -1;

/** How many came as far as each stage, or further. */
export function funnel(all: Application[], stages: string[]): { stage: string; reached: number; share: number }[] {
  return stages.map((stage, rank) => {
    const reached = all.filter((one) => furthest(one) >= rank).length;
    return { stage, reached, share: percent(reached, all.length) };
  });
}

export type Flow = { from: string; to: string; ends: boolean; count: number };

/** How many went from each stage to each other one, forward, and how they ended there. */
export function flow(all: Application[]): Flow[] {
  const counts = new Map<string, Flow & { rank: number }>();
  const add = (from: string, to: string, ends: boolean, rank: number) => {
    const key = [from, to, ends].join("\n");
    const one = counts.get(key) ?? { from, to, ends, count: 0, rank };
    one.count += 1;
    counts.set(key, one);
  };
  for (const one of all) {
    const steps = way(one);
    steps.slice(1).forEach((step, n) => add(steps[n].stage, step.stage, false, steps[n].rank));
    const last = steps.at(-1);
    if (last) add(last.stage, one.outcome, true, last.rank);
  }
  return [...counts.values()].sort((a, b) => a.rank - b.rank || b.count - a.count).map(({ rank, ...link }) => link);
}

/** How long stays in each stage took: those that ended, and how many go on. A stage that is come back to counts anew. */
export function times(all: Application[], stages: string[]): { stage: string; stays: number; median: number | null; p90: number | null; open: number }[] {
  const ended = new Map<string, number[]>();
  const open = new Map<string, number>();
  for (const { steps, closed } of all) {
    const visits = steps.filter((step, n) => step.stage !== steps[n - 1]?.stage);
    visits.forEach(({ stage, on }, n) => {
      const end = visits[n + 1]?.on ?? closed;
      if (end) ended.set(stage, [...(ended.get(stage) ?? []), days(on, end)]);
      else open.set(stage, (open.get(stage) ?? 0) + 1);
    });
  }
  return stages.map((stage) => ({ stage, stays: ended.get(stage)?.length ?? 0, median: median(ended.get(stage) ?? []), p90: p90(ended.get(stage) ?? []), open: open.get(stage) ?? 0 })).filter(({ stays, open }) => stays || open);
}

/** Of those that were sent (reached `applied`), how many went on to a stage behind it, by their source; and referred against cold. */
export function responses(all: Application[], applied: number): { source: string; sent: number; answered: number; rate: number; days: number | null }[] {
  const sent = all.filter((one) => furthest(one) >= applied);
  const row = (source: string, of: Application[]) => {
    const answered = of.filter((one) => furthest(one) > applied);
    const waited = answered.flatMap(({ steps, opened }) => {
      const begin = steps.find(({ rank }) => rank >= applied)?.on ?? opened;
      const answer = steps.find(({ rank }) => rank > applied)?.on;
      return answer ? [days(begin, answer)] : [];
    });
    return { source, sent: of.length, answered: answered.length, rate: percent(answered.length, of.length), days: median(waited) };
  };
  const sources = [...new Set(sent.map(({ source }) => source))].map((source) => row(source, sent.filter((one) => one.source === source)));
  return sources.sort((a, b) => b.sent - a.sent || a.source.localeCompare(b.source));
}

/** The Monday of a day's week. */
export function monday(day: string): string {
  const at = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** How many of the days lie in each week from one day to another, weeks without any too. */
export function weeks(all: string[], from: string, to: string): { week: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const day of all) if (day.slice(0, 10) >= from && day.slice(0, 10) <= to) counts.set(monday(day), (counts.get(monday(day)) ?? 0) + 1);
  const rows: { week: string; count: number }[] = [];
  for (let week = monday(from); week <= to && rows.length < 520; ) {
    rows.push({ week, count: counts.get(week) ?? 0 });
    const next = new Date(`${week}T12:00:00Z`);
    next.setUTCDate(next.getUTCDate() + 7);
    week = next.toISOString().slice(0, 10);
  }
  return rows;
}
