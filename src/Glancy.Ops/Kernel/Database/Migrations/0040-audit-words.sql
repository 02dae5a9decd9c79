-- Which pieces of text there are somewhere in 512 events that follow each other; the events themselves are asked whether they hold the whole text.
-- Written when the 512 are complete, in order; what is newer is looked through.
create table glancy.audit_words (
  block bigint primary key,
  grams int[] not null
);
create index audit_words_grams on glancy.audit_words using gin (grams);
grant select, insert on glancy.audit_words to glancy_bot;
