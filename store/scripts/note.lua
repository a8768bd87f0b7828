#!lua
-- Adds an entry to the record, once: a second look soon after the first, or the same request sent again, adds nothing.
if redis.call('SET', plan.once, '1', 'NX', 'EX', plan.once_ttl_s) then
  redis.call('RPUSH', plan.audit, plan.sealed)
  redis.call('EXPIRE', plan.audit, plan.ttl_s)
end
return {'ok'}
