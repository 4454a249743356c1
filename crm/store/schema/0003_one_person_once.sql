-- Other names of a person: in another script, before a marriage, as a source wrote it.
CREATE TABLE contact_name (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (name <> ''),
  source TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (contact, name)
) STRICT;
CREATE INDEX contact_name_folded ON contact_name (folded);

-- Records that were merged into a contact: their numbers go on to mean the person.
CREATE TABLE contact_former (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  number INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT;
CREATE INDEX contact_former_contact ON contact_former (contact);
CREATE INDEX contact_former_folded ON contact_former (folded);

-- Pairs of whom the user said that they are not one person; the lower number stands first.
CREATE TABLE contact_distinct (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  UNIQUE (contact, other),
  CHECK (contact < other)
) STRICT;
CREATE INDEX contact_distinct_other ON contact_distinct (other);
