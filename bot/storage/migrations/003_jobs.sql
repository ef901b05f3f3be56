-- What falls due: claimed with a lease, done, then finished. One job per kind, subject and generation, so that
-- asking for it twice asks once.
CREATE TABLE jobs (
  job_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  club_id INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  leased_until INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  finished_at INTEGER,
  UNIQUE (kind, subject, generation)
) STRICT;
CREATE INDEX jobs_due ON jobs (due_at) WHERE finished_at IS NULL;
