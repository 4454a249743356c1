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
