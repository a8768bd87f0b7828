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

local cases, places = {}, {}
for _, id in ipairs(redis.call('ZRANGE', plan.cases_prefix .. person, plan.since, '+inf', 'BYSCORE')) do
  local sealed = redis.call('HGET', plan.case_prefix .. id, 'c')
  if sealed then
    cases[#cases + 1] = id
    cases[#cases + 1] = sealed
  end
  for _, waiting in ipairs(plan.waiting) do
    local rank = redis.call('ZSCORE', waiting, id)
    if rank and tonumber(rank) >= tonumber(plan.ordinary_band) then
      places[#places + 1] = id
      places[#places + 1] = redis.call('ZRANK', waiting, id) + 1
    end
  end
end
local kept = redis.call('HMGET', plan.person_prefix .. person, 'v', 's')
local wrapped = redis.call('GET', plan.key_prefix .. person)
return {
  'ok', person, tonumber(kept[1] or 0), kept[2] or '', wrapped or '', cases, places,
  redis.call('ZCARD', plan.waiting[1]), asked_for or '',
}
