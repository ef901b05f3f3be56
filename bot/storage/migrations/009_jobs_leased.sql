-- What is next is looked up after every job: by the two indexes, however many jobs are waiting.
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE finished_at IS NULL AND leased_until > 0;
