#!lua flags=allow-oom
-- A lease for a new holder, or again for the same one. Every new holder gets a higher fence.
local present = redis.call('GET', plan.lease)
if present then
  local fence, holder = string.match(present, '^(%d+) (.*)$')
  if holder ~= plan.holder then
    return {'ok'}
  end
  redis.call('PEXPIRE', plan.lease, plan.ttl_ms)
  return {'ok', tonumber(fence)}
end
local fence = redis.call('INCR', plan.fence)
redis.call('SET', plan.lease, fence .. ' ' .. plan.holder, 'PX', plan.ttl_ms)
return {'ok', fence}
