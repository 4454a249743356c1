-- What a source told of a contact and Ties has no field for: kept as it was, and written back by exports.
CREATE TABLE contact_extra (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (contact, source, name, value)
) STRICT;
