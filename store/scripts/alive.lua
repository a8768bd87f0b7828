#!lua flags=no-writes
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
return {'ok', redis.call('ZRANGE', plan.alive, '(' .. now_ms, '+inf', 'BYSCORE')}
