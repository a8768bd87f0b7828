#!lua
-- Appends a reply for the chat page. Ids are times in milliseconds, always growing; hidden messages go.
local function last_id()
  if redis.call('EXISTS', plan.web) == 0 then
    return 0
  end
  local id = fields(redis.call('XINFO', 'STREAM', plan.web))['last-generated-id']
  return tonumber(string.match(id, '^(%d+)'))
end

local last = redis.call('XREVRANGE', plan.web, '+', '-', 'COUNT', 1)[1]
if last and fields(last[2]).r == plan.request then
  return {'ok', last_id()}
end
local wrong = wrong_key(plan.key)
if wrong then
  return wrong
end
for _, id in ipairs(plan.hidden) do
  redis.call('XDEL', plan.web, id)
end
local id = math.max(plan.now_ms, last_id() + 1)
redis.call('XADD', plan.web, 'MAXLEN', plan.entries, string.format('%.0f-0', id), 'r', plan.request, 'd', plan.sealed)
redis.call('EXPIRE', plan.web, plan.ttl_s)
return {'ok', id}
