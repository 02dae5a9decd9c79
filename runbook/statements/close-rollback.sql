-- §8: verification is through; the row keeps the hooks as they were then.
update release_batches
   set state = 'verified', finished_at = @at::timestamptz, hk_snapshot = @hooks::jsonb
 where run = @run and kind = 'rollback' and state = 'running';
