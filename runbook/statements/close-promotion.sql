-- §8: the new version carries it; the row keeps the hooks as they are now beside what they were. What was left out is said, as for a rollback,
-- and a row that could not be written at the start is written now.
merge into release_batches r
using (values (@run, @confirmed_at::timestamptz)) of(run, confirmed_at) on r.run = of.run and r.kind = 'promote' and r.confirmed_at = of.confirmed_at
 when matched and r.state = 'running' then update
  set state = case @ending when 'verified' then 'done' else @ending end, finished_at = @at::timestamptz,
      weight = case @ending when 'incomplete' then null else r.weight end,
      note = case when @left_out = '' then r.note else concat_ws(' · ', r.note, 'left out: ' || @left_out) end,
      hk_snapshot = r.hk_snapshot || jsonb_build_object('verified', @hooks::jsonb)
 when not matched then
      insert (batch, kind, weight, state, run, hk_snapshot, drafted_at, confirmed_at, finished_at, note)
      values (@batch, 'promote', case @ending when 'incomplete' then null else @weight::numeric end,
              case @ending when 'verified' then 'done' else @ending end, @run,
              jsonb_build_object('verified', @hooks::jsonb), @drafted_at::timestamptz, @confirmed_at::timestamptz, @at::timestamptz,
              concat_ws(' · ', @reason, case when @left_out <> '' then 'left out: ' || @left_out end));
