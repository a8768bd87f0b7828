#!lua
-- Stores a turn once. Writer of seen, inbox. Refused when memory is full: the channel then sends it again.
local seen = redis.call('GET', plan.seen)
if seen then
  return {'ok', seen == plan.request and 1 or 0}
end
local wrong = wrong_key(plan.key)
if wrong then
  return wrong
end
redis.call('SET', plan.seen, plan.request, 'EX', plan.seen_ttl_s)
redis.call('XADD', plan.inbox, '*', 'p', plan.person, 't', plan.turn)
return {'ok', 1}
