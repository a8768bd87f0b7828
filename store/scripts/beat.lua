#!lua flags=allow-oom
-- Server time, so that processes need not agree on theirs.
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', plan.alive, '-inf', now_ms)
redis.call('ZADD', plan.alive, now_ms + plan.ttl_ms, plan.process)
return {'ok'}
