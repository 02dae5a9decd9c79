-- What comes round again is a row of glancy.duty, claimed like everything else; nothing else keeps time any more.
drop schema if exists scheduler cascade;
