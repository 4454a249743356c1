-- A message that the user writes again and again. One with the key of a built-in template takes its place.
CREATE TABLE message_template (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  language TEXT NOT NULL     -- "en", "nb"; empty: not said
) STRICT;
