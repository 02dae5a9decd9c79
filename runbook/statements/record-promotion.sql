-- §2.3: whatever puts traffic on the new version leaves a row here, with the hooks as they were judged before it.
insert into release_batches (batch, kind, weight, state, run, hk_snapshot, drafted_at, confirmed_at, note)
values (@batch, 'promote', @weight::numeric, 'running', @run, jsonb_build_object('judged', @hooks::jsonb), @drafted_at::timestamptz, @confirmed_at::timestamptz, @reason);
