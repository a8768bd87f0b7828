#!lua flags=allow-oom
-- The oldest wish, handed out once: who has not got their file asks again.
if not holds(plan.lease) then
  return {'conflict', 'fence'}
end
if redis.call('EXISTS', plan.wanted) == 0 then
  return {'ok', '0-0'}
end
local last = fields(redis.call('XINFO', 'STREAM', plan.wanted))['last-generated-id']
local entry = redis.call('XRANGE', plan.wanted, '-', '+', 'COUNT', 1)[1]
if not entry then
  return {'ok', last}
end
redis.call('XDEL', plan.wanted, entry[1])
local wish = fields(entry[2])
return {'ok', last, wish.p, wish.d, redis.call('GET', plan.key_prefix .. wish.p) or ''}
