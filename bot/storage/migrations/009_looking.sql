-- What is next is looked up after every job: by two indexes, however many jobs are waiting. `first_tried_at` is the moment
-- before which the job can't have sent anything: from there on the bot looks for its own message.
ALTER TABLE jobs ADD COLUMN first_tried_at INTEGER;
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE finished_at IS NULL AND leased_until > 0;

CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

-- `title` is what a poll about an evening with a free title asks about; such evenings share no poll.
ALTER TABLE tissue_polls ADD COLUMN title TEXT NOT NULL DEFAULT '';
DROP INDEX tissue_polls_open;
CREATE UNIQUE INDEX tissue_polls_open ON tissue_polls (club_id, film, version)
  WHERE closed_at IS NULL AND (version <> '' OR evening IS NULL);

CREATE INDEX tissue_polls_unshown ON tissue_polls (closed_at) WHERE result_id IS NULL;

CREATE INDEX spoiler_reminders_by_member ON spoiler_reminders (member_id);
CREATE INDEX spoiler_threads_by_club ON spoiler_threads (club_id);
CREATE INDEX spoiler_members_in_line ON spoiler_members (thread_row) WHERE state IN ('waiting', 'leaving');

-- `told` is the turn whose rest its host was told of.
ALTER TABLE weekly_slots ADD COLUMN told INTEGER;
CREATE INDEX weekly_slots_resting ON weekly_slots (rests) WHERE rests IS NOT NULL;
CREATE INDEX weekly_votes_open ON weekly_votes (vote_id) WHERE closed_at IS NULL;
