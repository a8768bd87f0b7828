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
  return ranked[1] and {queue = queue, place = place, id = ranked[1], rank = tonumber(ranked[2])}
end

-- By rank; two of the same microsecond by id, as within one queue.
local function is_before(one, other)
  return one.rank < other.rank or (one.rank == other.rank and one.id < other.id)
end

-- Some queues have thousands of cases, and there may be a hundred queues: only what is asked for is looked at. The
-- heads of the queues stand in order, the first of them at the end, where it is taken away.
local heads = {}

local function line_up(head)
  local i = #heads
  while i > 0 and is_before(heads[i], head) do
    heads[i + 1] = heads[i]
    i = i - 1
  end
  heads[i + 1] = head
end

for _, queue in ipairs(plan.queues) do
  heads[#heads + 1] = at_place(queue, 0) or nil
end
table.sort(heads, function(one, other) return is_before(other, one) end)
for _ = 1, plan.limit do
  local head = table.remove(heads)
  if not head then
    break
  end
  put(head.id, head.rank)
  local behind = at_place(head.queue, head.place + 1)
  if behind then
    line_up(behind)
  end
end
for _, set in ipairs(plan.sets) do
  for _, id in ipairs(redis.call('SMEMBERS', set)) do
    put(id, 0)
  end
end
return {'ok', rows}
