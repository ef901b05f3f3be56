-- Watch-alongs. `film` and `version` are empty for a free title; `position` and `playing_since` are the film clock;
-- `turn` counts the steps, `plan` the times it was planned anew; `resting` says that the countdown ends a break. A
-- channel has one that is running at most.
CREATE TABLE watches (
  watch_id INTEGER PRIMARY KEY,
  club_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  venue_id INTEGER,
  role_id INTEGER,
  host_id INTEGER,
  film TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  length INTEGER NOT NULL CHECK (length > 0),
  planned_for INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN (
    'draft', 'planned', 'lobby', 'playing', 'paused', 'finished', 'cancelled')),
  since INTEGER NOT NULL,
  position INTEGER NOT NULL DEFAULT 0 CHECK (position >= 0),
  playing_since INTEGER,
  started_at INTEGER,
  resting INTEGER NOT NULL DEFAULT 0 CHECK (resting IN (0, 1)),
  turn INTEGER NOT NULL DEFAULT 0,
  plan INTEGER NOT NULL DEFAULT 0,
  event_id INTEGER,
  message_id INTEGER,
  panel_id INTEGER,
  tape_id INTEGER,
  poll_id INTEGER
) STRICT;
CREATE UNIQUE INDEX watches_running ON watches (channel_id) WHERE state IN ('lobby', 'playing', 'paused');
CREATE INDEX watches_by_club ON watches (club_id, planned_for);
CREATE INDEX watches_by_poll ON watches (poll_id);

-- What a member said of themselves for one evening, what their copy showed at the readings of theirs (`room` is the
-- film clock), and their taps. `vote` is the turn in which they asked for a break.
CREATE TABLE watch_members (
  watch_id INTEGER NOT NULL REFERENCES watches (watch_id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  coming_at INTEGER,
  remind INTEGER NOT NULL DEFAULT 0 CHECK (remind IN (0, 1)),
  reminded TEXT,
  ready_at INTEGER,
  joined_at INTEGER,
  vote INTEGER,
  first_room INTEGER,
  first_shown INTEGER,
  last_room INTEGER,
  last_shown INTEGER,
  taps INTEGER NOT NULL DEFAULT 0,
  tapped_at INTEGER,
  saw_end INTEGER CHECK (saw_end IN (0, 1)),
  PRIMARY KEY (watch_id, member_id)
) STRICT;
CREATE INDEX watch_members_by_member ON watch_members (member_id, club_id);

-- Presses of the tissue button: `position` is what the member's own film showed, in milliseconds.
CREATE TABLE watch_taps (
  tap_id INTEGER PRIMARY KEY,
  watch_id INTEGER NOT NULL REFERENCES watches (watch_id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  tapped_at INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0)
) STRICT;
CREATE INDEX watch_taps_by_watch ON watch_taps (watch_id);
CREATE INDEX watch_taps_by_member ON watch_taps (member_id, club_id);

-- Stretches of the film played without a pause or a jump.
CREATE TABLE watch_spells (
  watch_id INTEGER NOT NULL REFERENCES watches (watch_id) ON DELETE CASCADE,
  began_at INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (watch_id, began_at)
) STRICT;

-- A finished evening's tape: the taps of each film minute, NULL where too few watched.
CREATE TABLE watch_minutes (
  watch_id INTEGER NOT NULL REFERENCES watches (watch_id) ON DELETE CASCADE,
  minute INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  taps INTEGER,
  PRIMARY KEY (watch_id, minute)
) STRICT;
