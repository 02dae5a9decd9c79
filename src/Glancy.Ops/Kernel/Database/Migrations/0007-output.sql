-- What a step's command prints is a notice of its own: revised as it grows, in the thread of the run's card.
alter table glancy.notice drop constraint notice_kind_check;
alter table glancy.notice add constraint notice_kind_check check (kind in ('card', 'post', 'page', 'output'));
