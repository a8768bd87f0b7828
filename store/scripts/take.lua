#!lua flags=allow-oom
-- The shard's next turn. The consumer is named for the shard, so that what a former holder left comes first, in order.
if not holds(plan.lease) then
  return {'conflict', 'fence'}
end
ensure_group(plan.inbox, plan.group)

local function read(from)
  local answer = redis.call(
    'XREADGROUP', 'GROUP', plan.group, plan.consumer, 'COUNT', 1, 'STREAMS', plan.inbox, from)
  return answer and answer[1] and answer[1][2][1]
end

local entry = read('0')
while entry and not entry[2] do -- deleted behind the consumer's back
  redis.call('XACK', plan.inbox, plan.group, entry[1])
  entry = read('0')
end
entry = entry or read('>')
if not entry then
  return {'ok'}
end
local held = fields(entry[2])
local wrapped = redis.call('GET', plan.key_prefix .. held.p) or ''
return {'ok', entry[1], held.p, held.t, deliveries(plan.inbox, plan.group, entry[1]), wrapped}
