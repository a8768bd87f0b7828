#!lua flags=allow-oom
if not holds(plan.lease) then
  return {'ok', 0}
end
redis.call('PEXPIRE', plan.lease.key, plan.ttl_ms)
return {'ok', 1}
