#!lua flags=no-writes
-- All that a decision about a person rests on, at one moment; by person, or by one of their cases.
local person, asked_for = plan.person, nil
if plan.case then
  local case = redis.call('HMGET', plan.case, 'p', 'c')
  if not case[1] then
    return {'none'}
  end
  person, asked_for = case[1], case[2]
end

-- How many wait in each line; with a rank, how many before it.
local function waiting(rank)
  local counts = {}
  for _, line in ipairs(redis.call('SMEMBERS', plan.lines)) do
    local name = plan.line_prefix .. line
    local count = rank and redis.call('ZCOUNT', name, '-inf', '(' .. rank) or redis.call('ZCARD', name)
    if count > 0 then
      counts[#counts + 1] = line
      counts[#counts + 1] = count
    end
  end
  return counts
end

local cases, ahead = {}, {}
for _, id in ipairs(redis.call('ZRANGE', plan.cases_prefix .. person, plan.since, '+inf', 'BYSCORE')) do
  local case = redis.call('HMGET', plan.case_prefix .. id, 'c', 'l')
  if case[1] then
    cases[#cases + 1] = id
    cases[#cases + 1] = case[1]
  end
  local rank = case[2] and case[2] ~= '' and redis.call('ZSCORE', case[2], id)
  if rank then
    ahead[#ahead + 1] = id
    ahead[#ahead + 1] = waiting(rank)
  end
end
local kept = redis.call('HMGET', plan.person_prefix .. person, 'v', 's')
local wrapped = redis.call('GET', plan.key_prefix .. person)
return {
  'ok', person, tonumber(kept[1] or 0), kept[2] or '', wrapped or '', cases, ahead, waiting(nil), asked_for or '',
}
