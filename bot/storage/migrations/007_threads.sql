-- Which versions a member says they have seen to the end: their own list, the same in every club.
CREATE TABLE seen (
  member_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  version TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (member_id, film, version)
) STRICT;

-- Spoiler threads. `versions` are keys in the pack's order, joined by spaces; `up_to` is a place in the film in
-- seconds, 0 for the whole film; `gate_id` is the message at the door. `turn` counts how often Discord was asked to
-- keep it in sight. One open thread of each kind. Here and below, numbers that jobs go by are never used again, or a
-- new row's job would count as done.
CREATE TABLE spoiler_threads (
  thread_row INTEGER PRIMARY KEY AUTOINCREMENT,
  club_id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  versions TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
  up_to INTEGER NOT NULL DEFAULT 0 CHECK (up_to >= 0),
  privacy TEXT NOT NULL CHECK (privacy IN ('gated', 'public')),
  name TEXT NOT NULL,
  prompts INTEGER NOT NULL CHECK (prompts IN (0, 1)),
  opened_by INTEGER,
  opened_at INTEGER NOT NULL,
  thread_id INTEGER UNIQUE,
  gate_id INTEGER,
  shown_inside INTEGER NOT NULL DEFAULT 0,
  turn INTEGER NOT NULL DEFAULT 0,
  closed_by INTEGER,
  closed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX spoiler_threads_open
  ON spoiler_threads (club_id, film, versions, level, up_to, privacy) WHERE closed_at IS NULL;

-- Who asked to be let into a thread: waiting, inside, or refused by Discord for the reason in `refused`.
CREATE TABLE spoiler_members (
  thread_row INTEGER NOT NULL REFERENCES spoiler_threads (thread_row) ON DELETE CASCADE,
  member_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'inside', 'leaving', 'refused')),
  asked_at INTEGER NOT NULL,
  refused TEXT,
  PRIMARY KEY (thread_row, member_id)
) STRICT;
CREATE INDEX spoiler_members_by_member ON spoiler_members (member_id, club_id);

-- Who wants to be told once their seen list lets them into a thread.
CREATE TABLE spoiler_reminders (
  reminder_id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread_row INTEGER NOT NULL REFERENCES spoiler_threads (thread_row) ON DELETE CASCADE,
  member_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  UNIQUE (thread_row, member_id)
) STRICT;

-- Questions a thread has been asked.
CREATE TABLE spoiler_questions (
  thread_row INTEGER NOT NULL REFERENCES spoiler_threads (thread_row) ON DELETE CASCADE,
  question TEXT NOT NULL,
  club_id INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (thread_row, question)
) STRICT;

-- Messages being hidden or posted as a spoiler, by number only: never a word of them. `original_id` is NULL for a
-- text that was written to be hidden; `parts` is how many messages the hidden copy takes.
CREATE TABLE hidings (
  hiding_id INTEGER PRIMARY KEY AUTOINCREMENT,
  club_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  hook_channel_id INTEGER NOT NULL,
  original_id INTEGER UNIQUE,
  author_id INTEGER NOT NULL,
  after_id INTEGER NOT NULL,
  parts INTEGER NOT NULL CHECK (parts > 0),
  state TEXT NOT NULL CHECK (state IN ('sending', 'copied', 'hidden')),
  began_at INTEGER NOT NULL
) STRICT;
CREATE INDEX hidings_by_author ON hidings (author_id, club_id);

CREATE TABLE hiding_copies (
  hiding_id INTEGER NOT NULL REFERENCES hidings (hiding_id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (hiding_id, part)
) STRICT;

-- Where gated threads go when a club's own place can't hold them.
ALTER TABLE clubs ADD COLUMN spoilers INTEGER;
