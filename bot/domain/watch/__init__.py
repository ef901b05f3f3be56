"""Rules of a watch-along: its states, its film clock, its taps and its tape."""
