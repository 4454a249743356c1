-- Who may come in from outside, by the hash of a secret. No part of any change: what was revoked stays revoked.
CREATE TABLE credential (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,        -- sign_in (once), session, token, password
  name TEXT NOT NULL,        -- as the user calls it
  scopes TEXT NOT NULL,      -- words, blanks between them
  hash TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT,
  used_at TEXT
) STRICT;
CREATE INDEX credential_kind ON credential (kind);

-- What was answered to a write that carried a key of its own: the same request again is answered so, and not done again.
CREATE TABLE answered (
  key TEXT PRIMARY KEY,
  request TEXT NOT NULL,     -- a hash of what was asked, and by whom
  at TEXT NOT NULL,
  said TEXT NOT NULL,
  answer TEXT                -- none: it was done, and then the machine stopped
) STRICT, WITHOUT ROWID;

-- What lists show of a contact and order by, computed from other rows: any part of a long list is then found in a moment.
-- The journal keeps it as it keeps the search index; `ties check` compares.
CREATE TABLE contact_line (
  id INTEGER PRIMARY KEY,         -- the contact's
  listed INTEGER NOT NULL,        -- 0: the user, or in the archive or the trash
  folded TEXT NOT NULL,
  company TEXT NOT NULL,          -- where they work now; empty: not known
  company_id INTEGER,
  title TEXT NOT NULL,
  last_on TEXT NOT NULL,          -- the latest real interaction; empty: none
  last_told_on TEXT NOT NULL      -- the same, without what is private
) STRICT;
CREATE INDEX contact_line_folded ON contact_line (folded) WHERE listed = 1;
-- Those without a value come last in either direction, so that one index cannot serve both.
CREATE INDEX contact_line_last ON contact_line (last_on = '', last_on DESC, folded) WHERE listed = 1;
CREATE INDEX contact_line_last_turned ON contact_line (last_on = '', last_on, folded) WHERE listed = 1;
CREATE INDEX contact_line_company ON contact_line (company = '', company COLLATE NOCASE, folded) WHERE listed = 1;
CREATE INDEX contact_line_company_turned ON contact_line (company = '', company COLLATE NOCASE DESC, folded) WHERE listed = 1;
INSERT INTO contact_line
  SELECT contact.id, me = 0 AND archived = 0 AND deleted_on IS NULL, folded, coalesce(company.name, ''), company.id, coalesce(job.title, ''),
    coalesce((SELECT max(substr(i.at, 1, 10)) FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
              WHERE link.contact = contact.id AND i.kind NOT IN ('comment', 'endorsement', 'invitation')), ''),
    coalesce((SELECT max(substr(i.at, 1, 10)) FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
              WHERE link.contact = contact.id AND i.kind NOT IN ('comment', 'endorsement', 'invitation') AND i.confidential = 0), '')
  FROM contact
  LEFT JOIN employment job ON job.id = (
    SELECT e.id FROM employment e WHERE e.contact = contact.id AND e.ended = '' ORDER BY e.as_of DESC NULLS LAST, e.id DESC LIMIT 1)
  LEFT JOIN company ON company.id = job.company;
