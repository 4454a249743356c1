// Made by tests/web/schema_check.mjs from the OpenAPI document.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A person, with addresses, jobs, tags and everything that happened, newest first. */
        Contact: {
            id: number;
            display: string;
            given: string;
            family: string;
            nickname: string;
            suffix: string;
            headline: string;
            location: string;
            pronouns: string;
            notes: string;
            private_note: string;
            /** Format: date */
            met_on: string | null;
            met_event: string | null;
            met_place: string;
            met_through: string | null;
            /** Format: date */
            connected_on: string | null;
            cadence_days: number | null;
            starred: boolean;
            archived: boolean;
            me: boolean;
            /** Format: date */
            deleted_on: string | null;
            source: string;
            met_event_id: number | null;
            met_through_id: number | null;
            also: string[];
            tags: string[];
            tie: string;
            tie_because: {
                text: string;
                record: string;
            }[];
            /** @enum {string} */
            ready: "not yet" | "warm up first" | "ready";
            ready_score: number;
            overlaps: {
                text: string;
                name: string;
                school: boolean;
                /** @enum {string} */
                certainty: "possible" | "certain";
                /** @example 2024-05 */
                from: string;
                /** @example 2024-05 */
                until: string;
                record: string;
            }[];
            ready_because: {
                text: string;
                record: string;
            }[];
            ready_after: string[];
            points: {
                /** @enum {string} */
                kind: "email" | "phone" | "linkedin" | "github" | "gitlab" | "website" | "handle" | "uid";
                value: string;
                label: string;
                primary: boolean;
                link: string;
                source: string;
                /** Format: date */
                seen_on: string | null;
            }[];
            jobs: {
                title: string;
                company: string;
                company_id: number | null;
                /** @example 2024-05 */
                started: string;
                /** @example 2024-05 */
                ended: string;
                /** Format: date */
                as_of: string | null;
                source: string;
            }[];
            schools: {
                school: string;
                degree: string;
                /** @example 2024-05 */
                started: string;
                /** @example 2024-05 */
                ended: string;
            }[];
            more: {
                name: string;
                value: string;
                source: string;
            }[];
            open: {
                id: number;
                /** Format: date */
                due: string | null;
                text: string;
                /** @enum {string} */
                owed_by: "me" | "them";
            }[];
            favours: {
                id: number;
                /** Format: date */
                on: string;
                /** @enum {string} */
                direction: "given" | "received";
                text: string;
            }[];
            timeline: {
                /** @example 2026-03-05 */
                when: string;
                what: string;
                text: string;
                noun: string;
                id: number;
            }[];
        };
        /** @description A person in a list. */
        ContactLine: {
            id: number;
            name: string;
            company: string;
            company_id: number | null;
            title: string;
            /** Format: date */
            last: string | null;
            tags: string;
            email: string;
            location: string;
            cadence_days: number | null;
            starred: boolean;
            archived: boolean;
        };
        /** @description A label on people, and how many have it; one with a cadence is a circle. */
        Tag: {
            id: number;
            name: string;
            cadence_days: number | null;
            people: number;
        };
        /** @description How many were chosen, how many of them changed, and the first names. */
        Bulk: {
            chosen: number;
            changed: number;
            names: string[];
        };
        /** @description Who was removed with every trace, and which records still name them. */
        Erased: {
            erased: number;
            mentions: string[];
        };
        /** @description The one person that two records became, what was kept of each field, and how many rows moved. */
        Merged: {
            contact: components["schemas"]["Contact"];
            fields: {
                field: string;
                mine: string;
                theirs: string;
                kept: string;
            }[];
            moved: {
                [key: string]: number;
            };
        };
        /** @description Whether two contacts are said to be two people. */
        Distinct: {
            contact: number;
            other: number;
            distinct: boolean;
        };
        /** @description Something that happened with one or more people. */
        Interaction: {
            id: number;
            /** @enum {string} */
            kind: "met" | "chat" | "message" | "email" | "call" | "video" | "coffee" | "talk" | "comment" | "introduction" | "endorsement" | "recommendation" | "invitation";
            /**
             * @description A day, or a day and time: in UTC with a Z, else with its zone in brackets where it is known.
             * @example 2026-05-04T14:00:00[Europe/Oslo]
             */
            at: string;
            /** @enum {string} */
            direction: "none" | "in" | "out";
            channel: string;
            text: string;
            event: string | null;
            count: number;
            awaits: boolean;
            confidential: boolean;
            source_key: string | null;
            event_id: number | null;
            with: string;
            contacts: {
                id: number;
                name: string;
            }[];
        };
        /** @description What a line was understood as, and the interaction, application or referral that came of it; of a trial none, but what would be done, or the problem that stands in its way. Places of chips are in bytes, and in UTF-16 units. */
        Captured: {
            line: string;
            /** @enum {string} */
            verb: "note" | "met" | "called" | "emailed" | "messaged" | "coffee" | "interviewed" | "applied" | "referred" | "asked" | "thanked" | "helped" | "intro";
            note: string;
            chips: {
                /** @enum {string} */
                what: "verb" | "person" | "company" | "tag" | "event" | "when" | "follow_up" | "stage" | "role" | "through" | "money";
                text: string;
                value: string;
                begin: number;
                end: number;
                begin_utf16: number;
                end_utf16: number;
                /** @enum {string} */
                state: "known" | "new" | "ambiguous" | "missing";
                label: string;
                id: number | null;
                candidates: {
                    id: number;
                    name: string;
                    company: string;
                }[];
            }[];
            would: string[];
            problem: string | null;
            interaction: components["schemas"]["Interaction"] | null;
            application: components["schemas"]["Application"] | null;
            referral: components["schemas"]["Referral"] | null;
        };
        /** @description Help given or received. */
        Favour: {
            id: number;
            contact: string;
            /** @enum {string} */
            direction: "given" | "received";
            text: string;
            /** Format: date */
            on: string;
            contact_id: number;
        };
        /** @description A conference, meetup or session, with who was met there. */
        Event: {
            id: number;
            name: string;
            place: string;
            /** Format: date */
            starts_on: string | null;
            /** Format: date */
            ends_on: string | null;
            link: string;
            notes: string;
            source_key: string | null;
            people: {
                id: number;
                name: string;
                company: string;
                about: string;
            }[];
            led_to: {
                results: {
                    /** @enum {string} */
                    kind: "referral" | "application" | "interview" | "offer";
                    record: string;
                    title: string;
                    through: string;
                    /** Format: date */
                    on: string | null;
                }[];
                people: number;
                within_48_hours: number;
                within_7_days: number;
                later: number;
                never: number;
                promised: number;
                kept: number;
                referrals: number;
                applications: number;
                interviews: number;
                offers: number;
            };
        };
        /** @description An event in a list, with how many people were met and talks were had. */
        EventLine: {
            id: number;
            name: string;
            place: string;
            /** Format: date */
            starts_on: string | null;
            /** Format: date */
            ends_on: string | null;
            link: string;
            notes: string;
            source_key: string | null;
            people: number;
            interactions: number;
        };
        /** @description Public work, with who reviewed, merged or answered it. */
        Contribution: {
            id: number;
            /** @enum {string} */
            kind: "pull_request" | "issue" | "review" | "commits" | "release" | "talk" | "post" | "video" | "paper" | "project";
            title: string;
            repository: string;
            company: string;
            link: string;
            /** @enum {string} */
            state: "open" | "merged" | "closed" | "published";
            /** Format: date */
            opened_on: string | null;
            /** Format: date */
            closed_on: string | null;
            company_id: number | null;
            people: string[];
            contacts: {
                id: number;
                name: string;
                /** @enum {string} */
                part: "reviewed" | "merged" | "answered" | "coauthor";
            }[];
        };
        /** @description A company, with its people, applications, referrals and public work. */
        Company: {
            id: number;
            name: string;
            target: boolean;
            suggested: boolean;
            notes: string;
            key: string;
            aliases: string[];
            known_as: {
                id: number;
                /** @enum {string} */
                kind: "name" | "domain" | "organisation";
                value: string;
            }[];
            people: {
                id: number;
                name: string;
                title: string;
                now: boolean;
                /** Format: date */
                as_of: string | null;
            }[];
            applications: {
                id: number;
                title: string;
                stage: string;
                /** @enum {string} */
                outcome: "open" | "accepted" | "declined" | "rejected" | "withdrawn" | "ghosted" | "expired" | "rerouted";
            }[];
            referrals: {
                id: number;
                referrer: string;
                referrer_id: number;
                role: string;
                /** @enum {string} */
                state: "idea" | "to_approach" | "asked" | "needs_more" | "introduced" | "agreed" | "sent_materials" | "submitted" | "confirmed" | "credited" | "declined" | "no_answer" | "withdrawn" | "role_closed" | "expired" | "blocked";
            }[];
            contributions: {
                id: number;
                title: string;
                /** @enum {string} */
                state: "open" | "merged" | "closed" | "published";
            }[];
        };
        /** @description A company in a list, with how many people are known there, and who of them is known best (0 to 100; on pages of up to 200). */
        CompanyLine: {
            id: number;
            name: string;
            target: boolean;
            suggested: boolean;
            notes: string;
            key: string;
            people: number;
            formerly: number;
            applications: number;
            /** @enum {string} */
            is: "target" | "suggested" | "";
            strongest: string | null;
            strongest_id: number | null;
            tie: number | null;
        };
        /** @description A stage of a pipeline, with how many applications stand in it. */
        Stage: {
            id: number;
            pipeline: number;
            key: string;
            name: string;
            /** @enum {string} */
            kind: "lead" | "referral" | "applied" | "screen" | "assessment" | "interview" | "offer" | "closed";
            position: number;
            patience_days: number | null;
            checklist: string[];
            next: string[];
            applications: number;
        };
        /** @description A pipeline with its stages in their order. */
        Pipeline: {
            id: number;
            key: string;
            name: string;
            standard: boolean;
            stages: components["schemas"]["Stage"][];
        };
        /** @description A pipeline in a list, with the names of its stages. */
        PipelineLine: {
            id: number;
            key: string;
            name: string;
            standard: boolean;
            stages: string[];
        };
        /** @description A pipeline as a file, to edit or to share; with `schema`, the JSON Schema of such files. */
        PipelineFile: {
            key: string;
            name: string;
            stages: {
                key: string;
                name: string;
                /** @enum {unknown} */
                kind: "lead" | "referral" | "applied" | "screen" | "assessment" | "interview" | "offer" | "closed";
                patience_days?: number;
                checklist?: string[];
                next?: string[];
            }[];
        } | {
            $schema: string;
        };
        /** @description An application, with people, interviews, documents and history. */
        Application: {
            id: number;
            title: string;
            company: string;
            pipeline: string;
            stage: string;
            /** @enum {string} */
            outcome: "open" | "accepted" | "declined" | "rejected" | "withdrawn" | "ghosted" | "expired" | "rerouted";
            /** @enum {string} */
            source: "unknown" | "referral" | "cold" | "recruiter" | "inbound" | "event";
            link: string;
            team: string;
            location: string;
            pay_asked: string;
            pay_advertised: string;
            pay_offered: string;
            address: string;
            /** Format: date */
            deadline: string | null;
            priority: number;
            notes: string;
            /** Format: date */
            opened_on: string;
            /** Format: date */
            closed_on: string | null;
            rerouted_from: number | null;
            archived: boolean;
            source_key: string | null;
            company_id: number | null;
            pipeline_id: number;
            stage_id: number;
            stage_key: string;
            /** @enum {string} */
            stage_kind: "lead" | "referral" | "applied" | "screen" | "assessment" | "interview" | "offer" | "closed";
            people: {
                id: number;
                name: string;
                /** @enum {string} */
                part: "insider" | "referrer" | "recruiter" | "agency" | "hiring_manager" | "interviewer";
            }[];
            interviews: {
                id: number;
                /**
                 * @description A day, or a day and time: in UTC with a Z, else with its zone in brackets where it is known.
                 * @example 2026-05-04T14:00:00[Europe/Oslo]
                 */
                at: string;
                kind: string;
                with: string[];
                contacts: {
                    id: number;
                    name: string;
                }[];
                /** @enum {string} */
                outcome: "planned" | "done" | "passed" | "failed" | "cancelled";
                notes: string;
            }[];
            referrals: {
                id: number;
                referrer: string;
                referrer_id: number;
                /** @enum {string} */
                state: "idea" | "to_approach" | "asked" | "needs_more" | "introduced" | "agreed" | "sent_materials" | "submitted" | "confirmed" | "credited" | "declined" | "no_answer" | "withdrawn" | "role_closed" | "expired" | "blocked";
            }[];
            documents: {
                id: number;
                kind: string;
                title: string;
                location: string;
            }[];
            tasks: {
                id: number;
                /** Format: date */
                due: string | null;
                text: string;
                /** @enum {string} */
                state: "open" | "done" | "skipped";
            }[];
            history: {
                /** Format: date */
                on: string;
                stage: string;
                /** @enum {string} */
                outcome: "open" | "accepted" | "declined" | "rejected" | "withdrawn" | "ghosted" | "expired" | "rerouted";
                note: string;
                overridden: string;
            }[];
        };
        /** @description An application in a list, with how long it has stood in its stage. */
        ApplicationLine: {
            id: number;
            title: string;
            company: string;
            pipeline: string;
            stage: string;
            /** @enum {string} */
            outcome: "open" | "accepted" | "declined" | "rejected" | "withdrawn" | "ghosted" | "expired" | "rerouted";
            /** @enum {string} */
            source: "unknown" | "referral" | "cold" | "recruiter" | "inbound" | "event";
            link: string;
            team: string;
            location: string;
            pay_asked: string;
            pay_advertised: string;
            pay_offered: string;
            address: string;
            /** Format: date */
            deadline: string | null;
            priority: number;
            notes: string;
            /** Format: date */
            opened_on: string;
            /** Format: date */
            closed_on: string | null;
            rerouted_from: number | null;
            archived: boolean;
            source_key: string | null;
            company_id: number | null;
            pipeline_id: number;
            stage_id: number;
            /** @enum {string} */
            stage_kind: "lead" | "referral" | "applied" | "screen" | "assessment" | "interview" | "offer" | "closed";
            /** Format: date */
            since: string;
            days: number;
            referrer: string;
            referrer_id: number | null;
        };
        /** @description One round of an application. */
        Interview: {
            id: number;
            application: string;
            kind: string;
            /**
             * @description A day, or a day and time: in UTC with a Z, else with its zone in brackets where it is known.
             * @example 2026-05-04T14:00:00[Europe/Oslo]
             */
            at: string;
            minutes: number | null;
            place: string;
            preparation: string;
            notes: string;
            /** @enum {string} */
            outcome: "planned" | "done" | "passed" | "failed" | "cancelled";
            /** Format: date */
            thanked_on: string | null;
            source_key: string | null;
            application_id: number;
            with: string[];
            contacts: {
                id: number;
                name: string;
            }[];
        };
        /** @description A file or a link that was sent: a CV, a cover letter, an offer. */
        SentDocument: {
            id: number;
            application: string | null;
            kind: string;
            title: string;
            location: string;
            sha256: string;
            bytes: number;
            /** Format: date */
            added_on: string;
            application_id: number | null;
        };
        /** @description One person's word for the user at one company, with its history and the states that may follow. */
        Referral: {
            id: number;
            company: string;
            role: string;
            referrer: string;
            introducer: string | null;
            application: string | null;
            parent: number | null;
            /** @enum {string} */
            state: "idea" | "to_approach" | "asked" | "needs_more" | "introduced" | "agreed" | "sent_materials" | "submitted" | "confirmed" | "credited" | "declined" | "no_answer" | "withdrawn" | "role_closed" | "expired" | "blocked";
            asked_via: string;
            method: string;
            address: string;
            requisition: string;
            evidence: string;
            /** Format: date */
            expires_on: string | null;
            /** Format: date */
            thanked_on: string | null;
            /** Format: date */
            told_on: string | null;
            /** Format: date */
            returned_on: string | null;
            notes: string;
            company_id: number | null;
            referrer_id: number;
            introducer_id: number | null;
            application_id: number | null;
            /** Format: date */
            since: string | null;
            next: ("idea" | "to_approach" | "asked" | "needs_more" | "introduced" | "agreed" | "sent_materials" | "submitted" | "confirmed" | "credited" | "declined" | "no_answer" | "withdrawn" | "role_closed" | "expired" | "blocked")[];
            history: {
                /** Format: date */
                on: string;
                /** @enum {string} */
                state: "idea" | "to_approach" | "asked" | "needs_more" | "introduced" | "agreed" | "sent_materials" | "submitted" | "confirmed" | "credited" | "declined" | "no_answer" | "withdrawn" | "role_closed" | "expired" | "blocked";
                note: string;
                overridden: string;
            }[];
        };
        /** @description What a mail seems to say of an application or a referral. */
        Suggestion: {
            id: number;
            /** @enum {string} */
            kind: "referred" | "received" | "interview" | "rejected" | "offer";
            company: string;
            role: string;
            referrer: string;
            application: number | null;
            referral: number | null;
            /** Format: date */
            on: string;
            evidence: string;
            /** @enum {string} */
            state: "open" | "accepted" | "dismissed";
            source_key: string;
            company_id: number | null;
            says: string;
        };
        /** @description Something to do. */
        Task: {
            id: number;
            text: string;
            /** Format: date */
            due: string | null;
            repeat_days: number | null;
            /** @enum {string} */
            owed_by: "me" | "them";
            /** @enum {string} */
            state: "open" | "done" | "skipped";
            /** Format: date */
            ended_on: string | null;
            /** Format: date */
            made_on: string;
            contact: string | null;
            company: string | null;
            event: string | null;
            interaction: number | null;
            application: string | null;
            interview: number | null;
            referral: number | null;
            source_key: string | null;
            contact_id: number | null;
            company_id: number | null;
            event_id: number | null;
            application_id: number | null;
        };
        /** @description What became of one file that was brought in. */
        ImportedFile: {
            file: string;
            recognised: string;
            rows: number;
            created: number;
            changed: number;
            unchanged: number;
            skipped: number;
            why: string;
        };
        /** @description One import, and what it did. */
        ImportRun: {
            id: number;
            /** Format: date-time */
            at: string;
            source: string;
            name: string;
            /** Format: date */
            snapshot_on: string | null;
            created: number;
            changed: number;
            skipped: number;
            issues: number;
            change: number | null;
            /** @enum {string} */
            state: "undone" | "";
        };
        /** @description One thing that was done; `state` says when it was undone, or which change it undoes. */
        Change: {
            id: number;
            /** Format: date-time */
            at: string;
            said: string;
            door: string;
            state: string;
        };
        /** @description The change that was taken back, and the records that were kept because they were changed since. */
        TakenBack: {
            change: number;
            kept: {
                noun: string;
                id: number;
                name: string;
            }[];
        };
        /** @description The faults of the file, and how many records it holds. */
        Checked: {
            faults: string[];
            contacts: number;
            companies: number;
            interactions: number;
            applications: number;
        };
        /** @description A copy of the whole file; numbers are null where it cannot be read. */
        Backup: {
            name: string;
            /** Format: date-time */
            made_at: string | null;
            bytes: number;
            schema: number | null;
            contacts: number | null;
            applications: number | null;
            /** @enum {string} */
            state: "good" | "damaged" | "newer";
        };
        /** @description What is wrong with a copy of the file; nothing, where it is good. */
        VerifiedBackup: {
            name: string;
            /** Format: date-time */
            made_at: string | null;
            bytes: number;
            schema: number | null;
            contacts: number | null;
            applications: number | null;
            /** @enum {string} */
            state: "good" | "damaged" | "newer";
            faults: string[];
        };
        /** @description What a backup brings and takes: counts there and here before, how many later changes are lost (null where it is of another history) with the newest of them, and the backup that was made of what was here (null in a trial). */
        Restored: {
            name: string;
            before: string | null;
            counts: {
                what: string;
                there: number;
                here: number;
            }[];
            lost: number | null;
            changes: {
                id: number;
                /** Format: date-time */
                at: string;
                said: string;
                door: string;
            }[];
        };
        /** @description Whether the invented search is in the file, since when, and how many people the file holds in all. */
        Sample: {
            loaded: boolean;
            can_load: boolean;
            /** Format: date-time */
            loaded_at: string | null;
            contacts: number;
        };
        /** @description A list as the user wants to see it again: `query` stands behind the "?" of the page's address. */
        View: {
            id: number;
            /** @enum {string} */
            page: "contacts" | "companies" | "applications" | "contributions";
            name: string;
            query: string;
            position: number;
            standard: boolean;
        };
        /** @description A message with places to fill in. `built_in`: Ties brings one of that key; `changed`: yours is used in its place. The number is 0 as long as nothing of it is kept in the file. */
        MessageTemplate: {
            id: number;
            key: string;
            name: string;
            /** @enum {string} */
            kind: "after_event" | "hello" | "advice" | "introduction" | "referral" | "nudge" | "promise" | "thanks" | "outcome" | "congratulation";
            subject: string;
            text: string;
            language: string;
            built_in: boolean;
            changed: boolean;
        };
        /** @description What can stand in a template, what it becomes, and an example. */
        Placeholder: {
            placeholder: string;
            means: string;
            example: string;
        };
        /** @description A message filled from the records. What nothing is known of stays in the text, in braces, and is told among the gaps. `after`: the commands that note what it did, once you sent it. */
        MessageDraft: {
            /** @enum {string} */
            kind: "after_event" | "hello" | "advice" | "introduction" | "referral" | "nudge" | "promise" | "thanks" | "outcome" | "congratulation";
            template: string;
            name: string;
            contact: string;
            contact_id: number;
            referral_id: number | null;
            application_id: number | null;
            task_id: number | null;
            subject: string;
            text: string;
            gaps: {
                placeholder: string;
                why: string;
            }[];
            warnings: {
                guard: string;
                reason: string;
            }[];
            after: string[];
        };
        /** @description A setting, its value, and where that comes from. */
        Setting: {
            key: string;
            value: string;
            /** @enum {string} */
            from: "environment" | "file" | "standard";
            what: string;
        };
        /** @description A token: what it reaches, when it was last used, until when it holds. */
        Token: {
            id: number;
            name: string;
            scopes: ("read" | "write" | "private" | "import" | "feeds" | "admin")[];
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            used_at: string | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @enum {string} */
            state: "good" | "expired" | "revoked";
        };
        /** @description A token as it is made; `token` is shown this once. */
        NewToken: {
            id: number;
            name: string;
            scopes: ("read" | "write" | "private" | "import" | "feeds" | "admin")[];
            /** Format: date-time */
            made_at: string;
            /** Format: date-time */
            used_at: string | null;
            /** Format: date-time */
            expires_at: string | null;
            /** @enum {string} */
            state: "good" | "expired" | "revoked";
            token: string;
        };
        /** @description A record that a search found. */
        Hit: {
            what: string;
            id: number;
            text: string;
        };
        /** @description A row of a report: texts and numbers by the keys of their columns. */
        Row: {
            [key: string]: string | number | null;
        };
        /** @description Figures as a picture: marks of bars and columns, a value for each series (for the only one, where none is named), or links of a flow, without circles; none where there is too little to draw. `said` stands beside the mark, `interval` tells how sure its first value is. Of the unit "%" the whole is 100. `table` names the table that says the same. */
        Chart: {
            /** @enum {string} */
            kind: "bars" | "columns" | "flow";
            title: string;
            finding: string;
            unit: string;
            series: string[];
            marks: {
                label: string;
                values: (number | null)[];
                said: string;
                interval: (number | null)[] | null;
            }[];
            links: {
                from: string;
                to: string;
                value: number | null;
            }[];
            table: string;
        };
        /** @description How many follow-ups there are, by when they are due. */
        FollowUpCount: {
            overdue: number;
            today: number;
            ahead: number;
        };
        /** @description A report: its title, its finding in one sentence, what else programs are told, its tables by their titles, and the lanes of a board in their order, its charts, and what else it says (what was left out, and why); of a report that is one table, its rows. */
        Document: {
            title: string;
            finding: string;
            fields?: {
                [key: string]: string | number | null;
            };
            tables: {
                [key: string]: components["schemas"]["Row"][];
            };
            lanes?: ({
                title: string;
                rows: components["schemas"]["Row"][];
            } & {
                [key: string]: string | number | null;
            })[];
            charts?: components["schemas"]["Chart"][];
            texts?: string[];
        } | components["schemas"]["Row"][];
        /** @description A reason to think twice: the guard's name, and one sentence. */
        Warning: {
            guard: string;
            reason: string;
        };
        /** @description What went wrong (RFC 9457). */
        Problem: {
            /** @enum {string} */
            type: "urn:ties:problem:malformed" | "urn:ties:problem:wrong-value" | "urn:ties:problem:not-signed-in" | "urn:ties:problem:sign-in-failed" | "urn:ties:problem:forbidden" | "urn:ties:problem:wrong-origin" | "urn:ties:problem:not-found" | "urn:ties:problem:wrong-method" | "urn:ties:problem:timed-out" | "urn:ties:problem:conflict" | "urn:ties:problem:guarded" | "urn:ties:problem:length-required" | "urn:ties:problem:changed-meanwhile" | "urn:ties:problem:too-large" | "urn:ties:problem:uri-too-long" | "urn:ties:problem:wrong-media-type" | "urn:ties:problem:key-reused" | "urn:ties:problem:too-many" | "urn:ties:problem:headers-too-large" | "urn:ties:problem:internal" | "urn:ties:problem:not-implemented" | "urn:ties:problem:busy" | "urn:ties:problem:file-trouble" | "urn:ties:problem:no-room";
            title: string;
            status: number;
            /** @description What, where, and what to do. */
            detail: string;
            /** @description The argument that is wrong. */
            field?: string;
            /** @description The scope that the credential lacks. */
            scope?: string;
            /** @description The most that is taken. */
            limit_bytes?: number;
            /** @description What speaks against it. */
            warnings?: components["schemas"]["Warning"][];
            /** @description The record as it is now. */
            current?: unknown;
            /** @description What was sent. */
            given?: unknown;
            /** @description Names the request in the log. */
            request_id: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
