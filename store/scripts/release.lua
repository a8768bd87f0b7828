#!lua flags=allow-oom
if holds(plan.lease) then
  redis.call('DEL', plan.lease.key)
end
return {'ok'}
