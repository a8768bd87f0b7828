#!lua
-- Fails when memory is full, like accept.
redis.call('SET', plan.master, plan.sealed, 'NX')
redis.call('SET', plan.ready, '1', 'EX', plan.ttl_s)
return {'ok', redis.call('GET', plan.master)}
