-- Weekly appointments as wall time and zone. `minute` counts from midnight; `next_day` is the first date that nothing
-- has been done about; `turn` counts how often the slot was settled; `grace` and `open_for` are minutes.
CREATE TABLE weekly_slots (
  slot_id INTEGER PRIMARY KEY AUTOINCREMENT, -- its jobs go by it: a number is never used again
  club_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('tissue-poll', 'next-film', 'question', 'watch-along')),
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
  zone TEXT NOT NULL,
  grace INTEGER NOT NULL CHECK (grace >= 0),
  open_for INTEGER NOT NULL CHECK (open_for > 0),
  native INTEGER NOT NULL CHECK (native IN (0, 1)),
  plans INTEGER NOT NULL CHECK (plans IN (0, 1)),
  made_by INTEGER,
  next_day TEXT NOT NULL,
  turn INTEGER NOT NULL DEFAULT 0,
  rests TEXT CHECK (rests IN ('asked', 'channel-gone', 'no-right', 'away')),
  rests_until INTEGER
) STRICT;
CREATE INDEX weekly_slots_by_club ON weekly_slots (club_id);
CREATE INDEX weekly_slots_by_channel ON weekly_slots (channel_id);

-- What became of a slot's dates: each happens once. `day` is NULL for one asked for by hand beside the calendar;
-- `subject` names what was posted (a question, a poll, a vote, an evening).
CREATE TABLE weekly_dates (
  date_id INTEGER PRIMARY KEY AUTOINCREMENT,
  slot_id INTEGER NOT NULL REFERENCES weekly_slots (slot_id) ON DELETE CASCADE,
  club_id INTEGER NOT NULL,
  day TEXT,
  due_at INTEGER NOT NULL,
  by_hand INTEGER NOT NULL CHECK (by_hand IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('due', 'posted', 'skipped', 'missed', 'empty', 'failed')),
  subject TEXT,
  message_id INTEGER,
  UNIQUE (slot_id, day)
) STRICT;

-- When a club wants nothing posted that no member asked for, in minutes from midnight of its zone.
CREATE TABLE weekly_quiet (
  club_id INTEGER NOT NULL PRIMARY KEY,
  start_minute INTEGER NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute INTEGER NOT NULL CHECK (end_minute BETWEEN 0 AND 1439)
) STRICT;

-- What members would like to watch; `film` and `version` are empty for a free title. `stood` counts the votes it was in.
CREATE TABLE weekly_suggestions (
  suggestion_id INTEGER PRIMARY KEY,
  club_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  folded TEXT NOT NULL,
  minutes INTEGER,
  suggested_at INTEGER NOT NULL,
  stood INTEGER NOT NULL DEFAULT 0,
  UNIQUE (club_id, film, version, folded)
) STRICT;
CREATE INDEX weekly_suggestions_by_member ON weekly_suggestions (member_id, club_id);

-- Votes for the next film, one for each date; they outlive their slot. `seed` is what a lot was drawn from, NULL while nothing is known;
-- `looks` counts how often Discord was asked for its poll's counts; `shown_people` is what the message said last.
CREATE TABLE weekly_votes (
  vote_id INTEGER PRIMARY KEY AUTOINCREMENT,
  slot_id INTEGER NOT NULL,
  date_id INTEGER NOT NULL UNIQUE,
  club_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  native INTEGER NOT NULL CHECK (native IN (0, 1)),
  opened_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  closed_at INTEGER,
  people INTEGER NOT NULL DEFAULT 0,
  shown_people INTEGER NOT NULL DEFAULT 0,
  seed INTEGER,
  looks INTEGER NOT NULL DEFAULT 0,
  message_id INTEGER,
  result_id INTEGER,
  watch_id INTEGER
) STRICT;
CREATE INDEX weekly_votes_by_club ON weekly_votes (club_id, closed_at);

CREATE TABLE weekly_candidates (
  vote_id INTEGER NOT NULL REFERENCES weekly_votes (vote_id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  minutes INTEGER,
  suggested_by INTEGER,
  watched INTEGER NOT NULL,
  votes INTEGER,
  PRIMARY KEY (vote_id, number)
) STRICT;

-- One ballot for each member and vote. Discord's own polls keep theirs themselves.
CREATE TABLE weekly_ballots (
  vote_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  cast_at INTEGER NOT NULL,
  PRIMARY KEY (vote_id, member_id),
  FOREIGN KEY (vote_id, number) REFERENCES weekly_candidates (vote_id, number) ON DELETE CASCADE
) STRICT;
CREATE INDEX weekly_ballots_by_member ON weekly_ballots (member_id, club_id);
