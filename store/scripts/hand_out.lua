#!lua flags=allow-oom
-- Deliveries for one courier: what a former courier left first, then new ones; both by lane, then by age. Each ask has
-- a number; asking again with the same number (the answer was lost) gives the same batch.
if not holds(plan.lease) then
  return {'conflict', 'fence'}
end
local batch = {}

local function put(lane, entry)
  local parcel = fields(entry[2])
  local wrapped = redis.call('GET', plan.key_prefix .. parcel.p) or ''
  local attempts = deliveries(lane.stream, plan.group, entry[1])
  batch[#batch + 1] = {lane.lane, entry[1], parcel.p, parcel.d, attempts, wrapped}
end

local function is_left(lane)
  for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', lane.stream, plan.group)) do
    local consumer = fields(flat)
    if consumer.name ~= plan.consumer then
      if consumer.pending > 0 then
        return true
      end
      redis.call('XGROUP', 'DELCONSUMER', lane.stream, plan.group, consumer.name)
    end
  end
  return false
end

local function left_ids(lane, limit)
  local ids, from = {}, '-'
  while #ids < limit do
    local page = redis.call('XPENDING', lane.stream, plan.group, from, '+', 100)
    for _, pending in ipairs(page) do
      if pending[2] ~= plan.consumer and #ids < limit then
        ids[#ids + 1] = pending[1]
      end
      from = '(' .. pending[1]
    end
    if #page < 100 then
      break
    end
  end
  return ids
end

local function claim_left(lane)
  if not is_left(lane) then
    return
  end
  for _, id in ipairs(left_ids(lane, plan.limit - #batch)) do
    local entry = redis.call('XCLAIM', lane.stream, plan.group, plan.consumer, 0, id)[1]
    if entry then
      put(lane, entry)
    else
      redis.call('XACK', lane.stream, plan.group, id)
    end
  end
end

local function read_new(lane)
  local room = plan.limit - #batch
  if room <= 0 then
    return
  end
  local answer = redis.call(
    'XREADGROUP', 'GROUP', plan.group, plan.consumer, 'COUNT', room, 'STREAMS', lane.stream, '>')
  for _, entry in ipairs(answer and answer[1] and answer[1][2] or {}) do
    put(lane, entry)
  end
end

local function repeat_last(given)
  for lane_number, id in string.gmatch(given, '(%d+) (%S+)') do
    local lane = plan.lanes[tonumber(lane_number)]
    local entry = redis.call('XRANGE', lane.stream, id, id)[1]
    if entry then
      put(lane, entry)
    end
  end
end

local function note_batch()
  local numbers, given = {}, {}
  for number, lane in ipairs(plan.lanes) do
    numbers[lane.lane] = number
  end
  for i, item in ipairs(batch) do
    given[i] = numbers[item[1]] .. ' ' .. item[2]
  end
  redis.call('HSET', plan.courier, 'ask', plan.ask, 'given', table.concat(given, ' '))
end

local function last_ids()
  local ids = {}
  for i, lane in ipairs(plan.lanes) do
    ids[i] = fields(redis.call('XINFO', 'STREAM', lane.stream))['last-generated-id']
  end
  return ids
end

for _, lane in ipairs(plan.lanes) do
  ensure_group(lane.stream, plan.group)
end
local last = redis.call('HMGET', plan.courier, 'ask', 'given')
if last[1] == plan.ask then
  repeat_last(last[2])
else
  for _, lane in ipairs(plan.lanes) do
    claim_left(lane)
  end
  for _, lane in ipairs(plan.lanes) do
    read_new(lane)
  end
  if #batch > 0 then
    note_batch()
  end
end
return {'ok', batch, last_ids()}
