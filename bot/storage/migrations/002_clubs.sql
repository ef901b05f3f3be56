-- How each club wants the bot; a column left NULL means "as the bot would have it".
CREATE TABLE clubs (
  club_id INTEGER NOT NULL PRIMARY KEY,
  zone TEXT NOT NULL DEFAULT 'UTC',
  language TEXT,
  ceiling INTEGER NOT NULL DEFAULT 1 CHECK (ceiling BETWEEN 0 AND 3),
  host_role INTEGER,
  announcements INTEGER,
  changed_at INTEGER NOT NULL
) STRICT;

-- Channels with a ceiling of their own.
CREATE TABLE channel_ceilings (
  channel_id INTEGER NOT NULL PRIMARY KEY,
  club_id INTEGER NOT NULL REFERENCES clubs (club_id) ON DELETE CASCADE,
  ceiling INTEGER NOT NULL CHECK (ceiling BETWEEN 0 AND 3)
) STRICT;
CREATE INDEX channel_ceilings_by_club ON channel_ceilings (club_id);
