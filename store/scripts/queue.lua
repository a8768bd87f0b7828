#!lua flags=no-writes
-- Cases of some queues, of each the first so many, and of some sets; each with its rank and its person's key.
local rows = {}

local function put(id, rank)
  local case = redis.call('HMGET', plan.case_prefix .. id, 'p', 'c')
  if case[1] then
    local wrapped = redis.call('GET', plan.key_prefix .. case[1]) or ''
    rows[#rows + 1] = {id, rank, case[1], case[2], wrapped}
  end
end

for _, queue in ipairs(plan.queues) do
  local ranked = redis.call('ZRANGE', queue, 0, plan.limit - 1, 'WITHSCORES')
  for i = 1, #ranked, 2 do
    put(ranked[i], ranked[i + 1])
  end
end
for _, set in ipairs(plan.sets) do
  for _, id in ipairs(redis.call('SMEMBERS', set)) do
    put(id, '0')
  end
end
return {'ok', rows}
