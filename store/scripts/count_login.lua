#!lua
redis.call('ZREMRANGEBYSCORE', plan.logins, '-inf', plan.since)
redis.call('ZADD', plan.logins, plan.now, plan.request)
redis.call('EXPIRE', plan.logins, plan.ttl_s)
return {'ok', redis.call('ZCARD', plan.logins)}
