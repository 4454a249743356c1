-- Tables of records hold the fields that the record lists, by the same names. A row is part of the row that its first
-- cascading key names: undo keeps or takes such parts together with the whole. Numbers are never used twice
-- (AUTOINCREMENT), so that a deletion can be undone after later additions.

CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  place TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  link TEXT NOT NULL,
  notes TEXT NOT NULL,
  source_key TEXT UNIQUE
) STRICT;

CREATE TABLE company (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  target INTEGER NOT NULL,
  suggested INTEGER NOT NULL,
  notes TEXT NOT NULL,
  key TEXT NOT NULL
) STRICT;
CREATE INDEX company_key ON company (key);

CREATE TABLE company_alias (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company INTEGER NOT NULL REFERENCES company (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (kind, key)
) STRICT;
CREATE INDEX company_alias_company ON company_alias (company);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  display TEXT NOT NULL CHECK (display <> ''),
  given TEXT NOT NULL,
  family TEXT NOT NULL,
  nickname TEXT NOT NULL,
  suffix TEXT NOT NULL,
  headline TEXT NOT NULL,
  location TEXT NOT NULL,
  pronouns TEXT NOT NULL,
  notes TEXT NOT NULL,
  private_note TEXT NOT NULL,
  met_on TEXT,
  met_event INTEGER REFERENCES event (id) ON DELETE SET NULL,
  met_place TEXT NOT NULL,
  met_through INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  connected_on TEXT,
  cadence_days INTEGER,
  starred INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  me INTEGER NOT NULL,
  deleted_on TEXT,
  source TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT;
CREATE INDEX contact_folded ON contact (folded);
CREATE INDEX contact_met_event ON contact (met_event) WHERE met_event IS NOT NULL;
CREATE INDEX contact_met_through ON contact (met_through) WHERE met_through IS NOT NULL;
CREATE INDEX contact_cadence ON contact (cadence_days) WHERE cadence_days IS NOT NULL;
CREATE UNIQUE INDEX contact_me ON contact (me) WHERE me = 1;

CREATE TABLE contact_point (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  "primary" INTEGER NOT NULL,
  source TEXT NOT NULL,
  seen_on TEXT,
  UNIQUE (contact, kind, value)
) STRICT;
CREATE INDEX contact_point_value ON contact_point (kind, value);

-- Fields that the user typed: an import leaves them alone.
CREATE TABLE hand_edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  UNIQUE (contact, field)
) STRICT;

CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
  cadence_days INTEGER
) STRICT;

CREATE TABLE contact_tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  UNIQUE (contact, tag)
) STRICT;
CREATE INDEX contact_tag_tag ON contact_tag (tag);

CREATE TABLE employment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  company INTEGER REFERENCES company (id),
  title TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  as_of TEXT,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX employment_contact ON employment (contact);
CREATE INDEX employment_company ON employment (company);

-- The job that a contact holds as far as is known: of those that have not ended, the one last said to be true.
CREATE VIEW current_employment AS
  SELECT id, contact, company, title, started, as_of FROM (
    SELECT *, row_number() OVER (PARTITION BY contact ORDER BY as_of DESC NULLS LAST, id DESC) AS place
    FROM employment WHERE ended = ''
  ) WHERE place = 1;

CREATE TABLE education (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  school TEXT NOT NULL,
  degree TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX education_contact ON education (contact);

CREATE TABLE job_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  before INTEGER REFERENCES employment (id) ON DELETE SET NULL,
  after INTEGER NOT NULL REFERENCES employment (id) ON DELETE CASCADE,
  seen_on TEXT NOT NULL,
  same_company INTEGER NOT NULL
) STRICT;
CREATE INDEX job_change_contact ON job_change (contact);
CREATE INDEX job_change_before ON job_change (before);
CREATE INDEX job_change_after ON job_change (after);
CREATE INDEX job_change_seen_on ON job_change (seen_on);

CREATE TABLE interaction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  direction TEXT NOT NULL,
  channel TEXT NOT NULL,
  text TEXT NOT NULL,
  event INTEGER REFERENCES event (id) ON DELETE SET NULL,
  count INTEGER NOT NULL,
  awaits INTEGER NOT NULL,
  confidential INTEGER NOT NULL,
  source_key TEXT UNIQUE
) STRICT;
CREATE INDEX interaction_at ON interaction (at);
CREATE INDEX interaction_event ON interaction (event) WHERE event IS NOT NULL;
CREATE INDEX interaction_awaits ON interaction (at) WHERE awaits = 1;

CREATE TABLE interaction_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  interaction INTEGER NOT NULL REFERENCES interaction (id) ON DELETE CASCADE,
  UNIQUE (contact, interaction)
) STRICT;
CREATE INDEX interaction_contact_interaction ON interaction_contact (interaction);

CREATE TABLE favour (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  direction TEXT NOT NULL,
  text TEXT NOT NULL,
  "on" TEXT NOT NULL
) STRICT;
CREATE INDEX favour_contact ON favour (contact);

CREATE TABLE contribution (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  repository TEXT NOT NULL,
  company INTEGER REFERENCES company (id),
  link TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_on TEXT,
  closed_on TEXT
) STRICT;
CREATE UNIQUE INDEX contribution_link ON contribution (link) WHERE link <> '';
CREATE INDEX contribution_company ON contribution (company);

CREATE TABLE contribution_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  contribution INTEGER NOT NULL REFERENCES contribution (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  UNIQUE (contact, contribution, part)
) STRICT;
CREATE INDEX contribution_contact_contribution ON contribution_contact (contribution);

CREATE TABLE pipeline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  standard INTEGER NOT NULL
) STRICT;

CREATE TABLE stage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pipeline INTEGER NOT NULL REFERENCES pipeline (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL,
  position INTEGER NOT NULL,
  patience_days INTEGER,
  checklist TEXT NOT NULL,  -- a line each
  next TEXT NOT NULL,       -- a line each
  UNIQUE (pipeline, key)
) STRICT;

CREATE TABLE application (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ''),
  company INTEGER REFERENCES company (id),
  pipeline INTEGER NOT NULL REFERENCES pipeline (id),
  stage INTEGER NOT NULL REFERENCES stage (id),
  outcome TEXT NOT NULL,
  source TEXT NOT NULL,
  link TEXT NOT NULL,
  team TEXT NOT NULL,
  location TEXT NOT NULL,
  pay_asked TEXT NOT NULL,
  pay_advertised TEXT NOT NULL,
  pay_offered TEXT NOT NULL,
  address TEXT NOT NULL,
  deadline TEXT,
  priority INTEGER NOT NULL,
  notes TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  closed_on TEXT,
  rerouted_from INTEGER REFERENCES application (id) ON DELETE SET NULL,
  archived INTEGER NOT NULL,
  source_key TEXT UNIQUE
) STRICT;
CREATE INDEX application_company ON application (company);
CREATE INDEX application_stage ON application (stage);
CREATE INDEX application_pipeline ON application (pipeline);
CREATE INDEX application_outcome ON application (outcome);

CREATE TABLE application_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  stage INTEGER REFERENCES stage (id) ON DELETE SET NULL,
  stage_name TEXT NOT NULL,
  stage_kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  "on" TEXT NOT NULL,
  note TEXT NOT NULL,
  overridden TEXT NOT NULL
) STRICT;
CREATE INDEX application_step_application ON application_step (application);
CREATE INDEX application_step_stage ON application_step (stage);

CREATE TABLE application_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  UNIQUE (application, contact, part)
) STRICT;
CREATE INDEX application_contact_contact ON application_contact (contact);

CREATE TABLE interview (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application INTEGER NOT NULL REFERENCES application (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  minutes INTEGER,
  place TEXT NOT NULL,
  preparation TEXT NOT NULL,
  notes TEXT NOT NULL,
  outcome TEXT NOT NULL,
  thanked_on TEXT
) STRICT;
CREATE INDEX interview_application ON interview (application);

CREATE TABLE interview_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  interview INTEGER NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  UNIQUE (interview, contact)
) STRICT;
CREATE INDEX interview_contact_contact ON interview_contact (contact);

CREATE TABLE document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application INTEGER REFERENCES application (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  location TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  added_on TEXT NOT NULL
) STRICT;
CREATE INDEX document_application ON document (application);

CREATE TABLE referral (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company INTEGER REFERENCES company (id),
  role TEXT NOT NULL,
  referrer INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  introducer INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  application INTEGER REFERENCES application (id) ON DELETE SET NULL,
  parent INTEGER REFERENCES referral (id) ON DELETE SET NULL,
  state TEXT NOT NULL,
  asked_via TEXT NOT NULL,
  method TEXT NOT NULL,
  address TEXT NOT NULL,
  requisition TEXT NOT NULL,
  evidence TEXT NOT NULL,
  expires_on TEXT,
  thanked_on TEXT,
  told_on TEXT,
  returned_on TEXT,
  notes TEXT NOT NULL
) STRICT;
CREATE INDEX referral_company ON referral (company);
CREATE INDEX referral_referrer ON referral (referrer);
CREATE INDEX referral_introducer ON referral (introducer) WHERE introducer IS NOT NULL;
CREATE INDEX referral_application ON referral (application);
CREATE INDEX referral_parent ON referral (parent) WHERE parent IS NOT NULL;

CREATE TABLE referral_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  referral INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  "on" TEXT NOT NULL,
  note TEXT NOT NULL,
  overridden TEXT NOT NULL
) STRICT;
CREATE INDEX referral_step_referral ON referral_step (referral);

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  text TEXT NOT NULL CHECK (text <> ''),
  due TEXT,
  repeat_days INTEGER,
  owed_by TEXT NOT NULL,
  state TEXT NOT NULL,
  ended_on TEXT,
  made_on TEXT NOT NULL,
  contact INTEGER REFERENCES contact (id) ON DELETE CASCADE,
  company INTEGER REFERENCES company (id) ON DELETE CASCADE,
  event INTEGER REFERENCES event (id) ON DELETE CASCADE,
  interaction INTEGER REFERENCES interaction (id) ON DELETE SET NULL,
  application INTEGER REFERENCES application (id) ON DELETE CASCADE,
  interview INTEGER REFERENCES interview (id) ON DELETE CASCADE,
  referral INTEGER REFERENCES referral (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX task_open ON task (due) WHERE state = 'open';
CREATE INDEX task_contact ON task (contact);
CREATE INDEX task_company ON task (company);
CREATE INDEX task_event ON task (event);
CREATE INDEX task_interaction ON task (interaction);
CREATE INDEX task_application ON task (application);
CREATE INDEX task_interview ON task (interview);
CREATE INDEX task_referral ON task (referral);

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal. Its tables are not part of any change.
CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,        -- an instant in UTC
  said TEXT NOT NULL,
  door TEXT NOT NULL,
  undoes INTEGER REFERENCES change (id),
  changeset BLOB NOT NULL  -- as SQLite's session extension writes it
) STRICT;
CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  change INTEGER REFERENCES change (id),
  at TEXT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  snapshot_on TEXT,
  files TEXT NOT NULL,   -- what was read, as JSON
  issues TEXT NOT NULL   -- as JSON
) STRICT;
CREATE INDEX import_run_change ON import_run (change);

-- One index over contacts, companies and interactions; rowid = 4 × id + what (0, 1, 2). The journal keeps it.
CREATE VIRTUAL TABLE search USING fts5 (
  title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
