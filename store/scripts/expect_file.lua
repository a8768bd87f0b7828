#!lua
-- A file that is to come: a person's that somebody wants to look at, or one of staff's. None for whom nothing is known.
if redis.call('EXISTS', plan.transcript) == 0 then
  return {'ok', 0}
end
local wrong = wrong_key(plan.key)
if wrong then
  return wrong
end
redis.call('HSET', plan.files, plan.file, plan.state)
live_like(plan.files, plan.transcript)
if plan.wish then
  redis.call('XADD', plan.wanted.stream, 'MAXLEN', plan.wanted.entries, '*', 'p', plan.person, 'd', plan.wish)
  redis.call('EXPIRE', plan.wanted.stream, plan.wanted.ttl_s)
end
return {'ok', 1}
