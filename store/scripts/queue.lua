#!lua flags=no-writes
-- The first cases of some queues taken together, by rank; and all cases of some sets. Each with its person's key.
local rows = {}

local function put(id, rank)
  local case = redis.call('HMGET', plan.case_prefix .. id, 'p', 'c')
  if case[1] then
    local wrapped = redis.call('GET', plan.key_prefix .. case[1]) or ''
    rows[#rows + 1] = {id, rank, case[1], case[2], wrapped}
  end
end

local function at_place(queue, place)
  local ranked = redis.call('ZRANGE', queue, place, place, 'WITHSCORES')
  return {queue = queue, place = place, id = ranked[1], rank = ranked[2]}
end

-- By rank; two of the same microsecond by id, as within one queue.
local function is_before(one, other)
  local rank, other_rank = tonumber(one.rank), tonumber(other.rank)
  return rank < other_rank or (rank == other_rank and one.id < other.id)
end

local function first_of(heads)
  local first
  for i, head in ipairs(heads) do
    if not first or is_before(head, heads[first]) then
      first = i
    end
  end
  return first
end

-- Some queues have thousands of cases, and there may be a hundred queues: only what is asked for is looked at.
local heads = {}
for _, queue in ipairs(plan.queues) do
  local head = at_place(queue, 0)
  if head.id then
    heads[#heads + 1] = head
  end
end
for _ = 1, plan.limit do
  local first = first_of(heads)
  if not first then
    break
  end
  local head = heads[first]
  put(head.id, head.rank)
  heads[first] = at_place(head.queue, head.place + 1)
  if not heads[first].id then
    table.remove(heads, first)
  end
end
for _, set in ipairs(plan.sets) do
  for _, id in ipairs(redis.call('SMEMBERS', set)) do
    put(id, '0')
  end
end
return {'ok', rows}
