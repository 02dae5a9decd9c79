-- §7.3: error budget consumed in the last 24 hours, in minutes, with what tells whether the rows suffice. Pasted into psql,
-- now() is the database's clock; the bot fills in its own instant.
select metric, sum(error_minutes) as minutes, count(*) as rows, max(window_start) as newest
  from slo_error_budget
 where window_start > now() - interval '24 hours' and window_start <= now()
 group by metric
 order by metric;
