-- §8: the run is through; the row keeps the hooks as they were judged and as they are now. What was left out makes it no rollback: it says so,
-- and claims no share of the traffic. Its number alone is not enough: a database that was restored counts from a lower one again. Where the row
-- could not be written at the start, it is written now.
merge into release_batches r
using (values (@run, @confirmed_at::timestamptz)) of(run, confirmed_at) on r.run = of.run and r.kind = 'rollback' and r.confirmed_at = of.confirmed_at
 when matched and r.state = 'running' then update
  set state = @ending, finished_at = @at::timestamptz,
      weight = case @ending when 'incomplete' then null else r.weight end,
      note = case when @left_out = '' then r.note else concat_ws(' · ', r.note, 'left out: ' || @left_out) end,
      hk_snapshot = r.hk_snapshot || jsonb_build_object('verified', @hooks::jsonb)
 when not matched then
      insert (batch, kind, weight, state, run, hk_snapshot, drafted_at, confirmed_at, finished_at, note)
      values (@batch, 'rollback', case @ending when 'incomplete' then null else @weight::numeric end, @ending, @run,
              jsonb_build_object('verified', @hooks::jsonb), @drafted_at::timestamptz, @confirmed_at::timestamptz, @at::timestamptz,
              concat_ws(' · ', @reason, case when @left_out <> '' then 'left out: ' || @left_out end));
