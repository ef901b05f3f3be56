-- Facts a channel has been shown, so that it gets another one next time.
CREATE TABLE shown_facts (
  channel_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  fact TEXT NOT NULL,
  club_id INTEGER NOT NULL,
  shown_at INTEGER NOT NULL,
  PRIMARY KEY (channel_id, film, fact)
) STRICT;

-- One round of questions in a channel. `position` is the open question, counted from 0; past the last one the
-- round is over. A channel has one open round at most.
CREATE TABLE quizzes (
  quiz_id INTEGER PRIMARY KEY,
  club_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  film TEXT NOT NULL,
  message_id INTEGER,
  position INTEGER NOT NULL DEFAULT 0,
  asked_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX quizzes_open ON quizzes (channel_id) WHERE ended_at IS NULL;

-- The questions of a round as they were asked: a pack may change while a round is on. `choices` is a JSON list.
CREATE TABLE quiz_questions (
  quiz_id INTEGER NOT NULL REFERENCES quizzes (quiz_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  fact TEXT NOT NULL,
  ask TEXT NOT NULL,
  choices TEXT NOT NULL,
  answer INTEGER NOT NULL,
  won_by INTEGER,
  PRIMARY KEY (quiz_id, position)
) STRICT;

-- One try for each member and question.
CREATE TABLE quiz_tries (
  quiz_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  choice INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  PRIMARY KEY (quiz_id, position, member_id),
  FOREIGN KEY (quiz_id, position) REFERENCES quiz_questions (quiz_id, position) ON DELETE CASCADE
) STRICT;
