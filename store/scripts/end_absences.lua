#!lua
-- Whoever is no longer there goes off duty; the cases that they hold are given back.
local held = {}
for _, name in ipairs(redis.call('HKEYS', plan.accounts)) do
  local there = redis.call('ZSCORE', plan.present, name)
  if not there or tonumber(there) < tonumber(plan.now) then
    if redis.call('HDEL', plan.duty, name) == 1 then
      tell_desk(plan.desk, 'duty', '')
    end
    for _, id in ipairs(redis.call('SMEMBERS', plan.held_prefix .. name)) do
      held[#held + 1] = id
    end
  end
end
return {'ok', held}
