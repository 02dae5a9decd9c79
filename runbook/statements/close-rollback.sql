-- §8: the run is through; the row keeps the hooks as they were judged and as they are now. What was left out makes it no rollback: it says so,
-- and claims no share of the traffic. Its number alone is not enough: a database that was restored counts from a lower one again.
update release_batches
   set state = @ending, finished_at = @at::timestamptz,
       weight = case @ending when 'incomplete' then null else weight end,
       note = case when @left_out = '' then note else concat_ws(' · ', note, 'left out: ' || @left_out) end,
       hk_snapshot = hk_snapshot || jsonb_build_object('verified', @hooks::jsonb)
 where run = @run and kind = 'rollback' and state = 'running' and confirmed_at = @confirmed_at::timestamptz;
