-- A list as the user wants to see it again: which page, and what stands behind the "?" of its address.
CREATE TABLE view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  page TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  query TEXT NOT NULL,
  position INTEGER NOT NULL,
  standard INTEGER NOT NULL     -- shown when the page is opened; of each page at most one
) STRICT;
CREATE INDEX view_page ON view (page, position);
