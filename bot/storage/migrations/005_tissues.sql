-- "How many tissues?", asked of a whole club. `film` and `version` are empty where it is about none in particular;
-- `evening` names the occasion where it belongs to one; `generation` counts the reopenings; `shown_people` is what
-- the message said last. One open poll for each version, and one for each evening ever.
CREATE TABLE tissue_polls (
  poll_id INTEGER PRIMARY KEY,
  club_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  version TEXT NOT NULL,
  evening TEXT,
  live INTEGER NOT NULL CHECK (live IN (0, 1)),
  opened_by INTEGER,
  opened_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by INTEGER,
  generation INTEGER NOT NULL DEFAULT 0,
  message_id INTEGER,
  shown_people INTEGER NOT NULL DEFAULT 0,
  result_id INTEGER,
  UNIQUE (club_id, evening)
) STRICT;
CREATE UNIQUE INDEX tissue_polls_open ON tissue_polls (club_id, film, version) WHERE closed_at IS NULL;
CREATE INDEX tissue_polls_closed ON tissue_polls (club_id, closed_at);

-- One ballot for each member and poll. `member_id` is NULL once its owner took the name back from a closed poll.
CREATE TABLE tissue_ballots (
  ballot_id INTEGER PRIMARY KEY,
  poll_id INTEGER NOT NULL REFERENCES tissue_polls (poll_id) ON DELETE CASCADE,
  member_id INTEGER,
  club_id INTEGER NOT NULL,
  tissues INTEGER NOT NULL CHECK (tissues BETWEEN 0 AND 999),
  cast_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  UNIQUE (poll_id, member_id)
) STRICT;
CREATE INDEX tissue_ballots_by_member ON tissue_ballots (member_id, club_id);

-- How many people gave each number: changed in the transaction that changes a ballot, so that a result costs the
-- same for a hundred ballots and a hundred thousand.
CREATE TABLE tissue_counts (
  poll_id INTEGER NOT NULL REFERENCES tissue_polls (poll_id) ON DELETE CASCADE,
  tissues INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  people INTEGER NOT NULL CHECK (people >= 0),
  PRIMARY KEY (poll_id, tissues)
) STRICT;

-- Members who chose to be listed with their totals.
CREATE TABLE tissue_board (
  club_id INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  joined_at INTEGER NOT NULL,
  PRIMARY KEY (club_id, member_id)
) STRICT;
