#!lua flags=no-writes
-- Open cases of some visibilities, each with its rank and its person's key.
local rows = {}
for _, queue in ipairs(plan.queues) do
  local ranked = redis.call('ZRANGE', queue, 0, -1, 'WITHSCORES')
  for i = 1, #ranked, 2 do
    local case = redis.call('HMGET', plan.case_prefix .. ranked[i], 'p', 'c')
    if case[1] then
      local wrapped = redis.call('GET', plan.key_prefix .. case[1]) or ''
      rows[#rows + 1] = {ranked[i], ranked[i + 1], case[1], case[2], wrapped}
    end
  end
end
return {'ok', rows}
