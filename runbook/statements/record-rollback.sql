-- §4.4 step 2, §8: the rollback's row, written once at the confirmation with the draft's time.
insert into release_batches (batch, kind, weight, state, run, hk_snapshot, drafted_at, confirmed_at, note)
values (@batch, 'rollback', @weight::numeric, 'running', @run, jsonb_build_object('judged', @hooks::jsonb), @drafted_at::timestamptz, @confirmed_at::timestamptz, @reason);
