-- §8: the new version carries it; the row keeps the hooks as they are now beside what they were. What was left out is said, as for a rollback.
update release_batches
   set state = case @ending when 'verified' then 'done' else @ending end, finished_at = @at::timestamptz,
       weight = case @ending when 'incomplete' then null else weight end,
       note = case when @left_out = '' then note else concat_ws(' · ', note, 'left out: ' || @left_out) end,
       hk_snapshot = hk_snapshot || jsonb_build_object('verified', @hooks::jsonb)
 where run = @run and kind = 'promote' and state = 'running' and confirmed_at = @confirmed_at::timestamptz;
