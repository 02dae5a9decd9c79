-- §8: verification is through; the row keeps the hooks as they were judged and as they are now.
update release_batches
   set state = 'verified', finished_at = @at::timestamptz, hk_snapshot = hk_snapshot || jsonb_build_object('verified', @hooks::jsonb)
 where run = @run and kind = 'rollback' and state = 'running';
