-- What a change did, as SQLite's session extension writes it: one part, or several of a large one, in their order.
CREATE TABLE change_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  change INTEGER NOT NULL REFERENCES change (id),
  changeset BLOB NOT NULL
) STRICT;
CREATE INDEX change_part_change ON change_part (change);
INSERT INTO change_part (change, changeset) SELECT id, changeset FROM change ORDER BY id;
ALTER TABLE change DROP COLUMN changeset;

-- By which a calendar finds again what it made.
ALTER TABLE interview ADD COLUMN source_key TEXT DEFAULT NULL;
CREATE UNIQUE INDEX interview_source_key ON interview (source_key);
ALTER TABLE task ADD COLUMN source_key TEXT DEFAULT NULL;
CREATE UNIQUE INDEX task_source_key ON task (source_key);

-- What a mail seems to say of an application or a referral, until the user says so too.
CREATE TABLE suggestion (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  company INTEGER REFERENCES company (id),
  role TEXT NOT NULL,
  referrer TEXT NOT NULL,  -- by name
  application INTEGER REFERENCES application (id) ON DELETE SET NULL,
  referral INTEGER REFERENCES referral (id) ON DELETE SET NULL,
  "on" TEXT NOT NULL,
  evidence TEXT NOT NULL,
  state TEXT NOT NULL,
  source_key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX suggestion_company ON suggestion (company);
CREATE INDEX suggestion_application ON suggestion (application);
CREATE INDEX suggestion_referral ON suggestion (referral);

-- What the user said of a table's columns, for the next table with the same header.
CREATE TABLE column_choice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  header TEXT NOT NULL,  -- a hash of the column names
  "column" TEXT NOT NULL,
  field TEXT NOT NULL,
  UNIQUE (header, "column")
) STRICT;

-- What the user said of a source's words for stages.
CREATE TABLE stage_choice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
  said TEXT NOT NULL,  -- folded
  stage INTEGER NOT NULL REFERENCES stage (id) ON DELETE CASCADE,
  UNIQUE (pipeline, said)
) STRICT;
CREATE INDEX stage_choice_stage ON stage_choice (stage);
