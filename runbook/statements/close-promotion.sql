-- §8: the new version carries it; the row keeps the hooks as they are now beside what they were.
update release_batches
   set state = 'done', finished_at = @at::timestamptz, hk_snapshot = hk_snapshot || jsonb_build_object('verified', @hooks::jsonb)
 where run = @run and kind = 'promote' and state = 'running';
