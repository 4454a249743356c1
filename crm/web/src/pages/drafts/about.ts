/** What a message is for: the word of the service, and words for people. */
export const kinds = {
  after_event: "After an event",
  hello: "Staying in touch",
  advice: "Asking for advice",
  introduction: "Asking for an introduction",
  referral: "Asking for a referral",
  nudge: "A nudge",
  promise: "Keeping a promise",
  thanks: "Thanks",
  outcome: "Telling the outcome",
  congratulation: "Congratulation",
} as const;
export type Kind = keyof typeof kinds;

/** To whom a message goes, what for, and what it is about. */
export type About = { contact: number; name: string; kind: Kind; referral?: number; application?: number; event?: number; task?: number };
