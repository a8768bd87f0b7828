#!lua flags=allow-oom
-- Writes an outcome whole or not at all, once. Allowed when memory is full: what is inside must be finished, so that
-- memory becomes free. First everything that can stand against it, then the writes.
local me = plan.person

-- Whether the operator may hold one more; what they hold already they keep.
local function has_room(case)
  return plan.capacity < 0 or redis.call('SISMEMBER', case.held, case.id) == 1
    or redis.call('SCARD', case.held) < plan.capacity
end

local function refusal()
  if plan.lease and not holds(plan.lease) then
    return {'conflict', 'fence'}
  end
  if plan.entry and deliveries(plan.inbox, plan.group, plan.entry) == 0 then
    return {'conflict', 'entry'}
  end
  if tonumber(redis.call('HGET', me.name, 'v') or 0) ~= me.version then
    return {'conflict', 'version'}
  end
  for _, case in ipairs(plan.cases) do
    if (redis.call('HGET', case.name, 'p') or me.id) ~= me.id then
      return {'conflict', 'case id'} -- drawn twice
    end
    if case.held ~= '' and not has_room(case) then
      return {'conflict', 'capacity'}
    end
  end
  return nil
end

-- Ends on a person's keys: none while a case is open.
local function live(name, ttl_s)
  if ttl_s == 0 then
    redis.call('PERSIST', name)
  else
    redis.call('EXPIRE', name, ttl_s)
  end
end

-- The person's turns behind this one. They were sealed with the key that is about to be destroyed.
local function turns_behind()
  local ids = {}
  for _, entry in ipairs(redis.call('XRANGE', plan.inbox, '-', '+')) do
    if fields(entry[2]).p == me.id and entry[1] ~= plan.entry then
      ids[#ids + 1] = entry[1]
    end
  end
  return ids
end

local function has_moved(erasure)
  if (redis.call('LINDEX', plan.sent.name, -1) or '') ~= erasure.last_sent then
    return true
  end
  return erasure.forget and table.concat(turns_behind(), ' ') ~= table.concat(erasure.behind, ' ')
end

-- Takes back what was not sent yet, or of it one message by its name; what a courier has in hand is marked, so that it
-- is hidden once it was sent.
local function take_back(lane, only)
  ensure_group(lane.stream, plan.couriers)
  for _, entry in ipairs(redis.call('XRANGE', lane.stream, '-', '+')) do
    local parcel = fields(entry[2])
    if parcel.p == me.id and (only == '' or parcel.n == only) then
      if deliveries(lane.stream, plan.couriers, entry[1]) > 0 then
        redis.call('SET', lane.erased_prefix .. entry[1], '1', 'EX', plan.erasure.mark_ttl_s)
      end
      finish(lane.stream, plan.couriers, entry[1])
    end
  end
end

-- A case's hash says in which line (l) and in whose hands (h) it lies.
local function leave_queues(case)
  for _, queue in ipairs(plan.queues) do
    redis.call('ZREM', queue, case)
  end
  redis.call('ZREM', plan.agenda, case)
  local lies = redis.call('HMGET', plan.case_prefix .. case, 'l', 'h')
  if lies[1] and lies[1] ~= '' then
    redis.call('ZREM', lies[1], case)
  end
  if lies[2] and lies[2] ~= '' then
    redis.call('SREM', lies[2], case)
  end
end

-- Contents of the person's files that somebody has looked at; what staff sends stays until it was sent.
local function drop_copies()
  for file, state in pairs(fields(redis.call('HGETALL', me.files))) do
    if state ~= 'waiting' then
      redis.call('DEL', me.file_prefix .. file)
    end
  end
end

local function take_back_files()
  for file, state in pairs(fields(redis.call('HGETALL', me.files))) do
    if state == 'waiting' then
      redis.call('DEL', me.file_prefix .. file)
      redis.call('HSET', me.files, file, 'hidden')
    end
  end
end

local function hide(only)
  if only == '' then
    take_back_files()
  end
  for _, lane in ipairs(plan.lanes) do
    take_back(lane, only)
  end
  if only == '' then
    redis.call('DEL', plan.sent.name, me.messages)
  else
    redis.call('HSET', me.messages, only, plan.words.taken_back)
  end
end

local function drop_unanswered()
  redis.call('DEL', plan.unanswered.list)
  redis.call('ZREM', plan.unanswered.people, me.id)
end

-- The first question decides how long all are kept.
local function keep_unanswered(asked)
  redis.call('ZREMRANGEBYSCORE', asked.people, '-inf', asked.now)
  if redis.call('ZADD', asked.people, 'NX', asked.ends, me.id) == 1 then
    redis.call('DEL', asked.list)
  end
  redis.call('RPUSH', asked.list, asked.add)
  redis.call('LTRIM', asked.list, -asked.entries, -1)
  redis.call('EXPIRE', asked.list, asked.ttl_s, 'NX')
  redis.call('EXPIRE', asked.people, asked.ttl_s)
end

local function forget(erasure)
  drop_unanswered()
  for _, case in ipairs(redis.call('ZRANGE', me.cases, 0, -1)) do
    leave_queues(case)
    redis.call('DEL', plan.case_prefix .. case)
  end
  drop_copies()
  redis.call('DEL', me.cases, me.transcript, me.files, me.messages)
  redis.call('HDEL', me.name, 's')
  if redis.call('EXISTS', me.web) == 1 then
    redis.call('XTRIM', me.web, 'MAXLEN', 0) -- the stream stays: message ids must go on growing
  end
  redis.call('SET', plan.key.name, plan.key.wrapped, 'EX', plan.key.ttl_s)
  for i, id in ipairs(erasure.behind) do
    finish(plan.inbox, plan.group, id)
    if erasure.sealed_anew[i] ~= '' then
      redis.call('XADD', plan.inbox, '*', 'p', me.id, 't', erasure.sealed_anew[i])
    end
  end
  redis.call('HINCRBY', erasure.count, 'asked', 1)
end

local function write_case(case)
  leave_queues(case.id)
  redis.call('HSET', case.name, 'p', me.id, 'c', case.sealed, 'l', case.line, 'h', case.held)
  live(case.name, case.ttl_s)
  redis.call('ZADD', me.cases, case.closed_at, case.id)
  for _, queue in ipairs(case.queues) do
    redis.call('ZADD', queue, case.rank, case.id)
  end
  if case.line ~= '' then
    redis.call('ZADD', case.line, case.rank, case.id)
    redis.call('SADD', plan.lines, case.line_name)
  end
  if case.held ~= '' then
    redis.call('SADD', case.held, case.id)
  end
  if case.look_at ~= '' then
    redis.call('ZADD', plan.agenda, case.look_at, case.id)
  end
end

local function remember()
  redis.call('HSET', me.name, 's', me.session)
  redis.call('ZREMRANGEBYSCORE', me.cases, '-inf', me.expired_before)
  for _, case in ipairs(plan.cases) do
    write_case(case)
  end
  for _, seconds in ipairs(plan.service.add) do
    redis.call('LPUSH', plan.service.list, seconds)
    redis.call('LTRIM', plan.service.list, 0, plan.service.entries - 1)
  end
  if plan.asked then
    redis.call('PFADD', plan.asked.name, me.id)
    redis.call('EXPIRE', plan.asked.name, plan.asked.ttl_s)
  end
  if plan.unanswered.drop then
    drop_unanswered()
  elseif plan.unanswered.add ~= '' then
    keep_unanswered(plan.unanswered)
  end
  for _, name in ipairs(plan.tally.add) do
    redis.call('HINCRBY', plan.tally.hash, name, 1)
  end
  if plan.tally.add[1] then
    redis.call('EXPIRE', plan.tally.hash, plan.tally.ttl_s)
  end
  for _, entry in ipairs(plan.transcript) do
    redis.call('RPUSH', me.transcript, entry)
  end
  redis.call('LTRIM', me.transcript, -me.transcript_entries, -1)
  if #plan.cases > 0 and me.ttl_s > 0 then -- the last open case was closed
    drop_copies()
  end
  live(me.files, me.ttl_s)
  live(me.cases, me.ttl_s)
  live(me.transcript, me.ttl_s)
  live(plan.key.name, me.ttl_s == 0 and 0 or plan.key.ttl_s)
end

local function keep_message_id()
  redis.call('RPUSH', plan.sent.name, plan.sent.add)
  redis.call('LTRIM', plan.sent.name, -plan.sent.entries, -1)
  redis.call('EXPIRE', plan.sent.name, plan.sent.ttl_s)
end

local function post(parcel)
  if parcel.name == '' then
    redis.call('XADD', parcel.stream, '*', 'p', parcel.person, 'd', parcel.sealed)
    return
  end
  redis.call('XADD', parcel.stream, '*', 'p', parcel.person, 'n', parcel.name, 'd', parcel.sealed)
  redis.call('HSET', me.messages, parcel.name, plan.words.on_its_way)
end

if redis.call('HGET', me.name, 'r') == plan.request then
  return {'ok'}
end
if plan.once and redis.call('EXISTS', plan.once.name) == 1 then
  return {'ok'} -- the same form, sent again
end
local refused = refusal()
if refused then
  return refused
end
local erasure = plan.erasure
if erasure and has_moved(erasure) then
  return {'again'}
end
if not (erasure and erasure.forget) then
  local wrong = wrong_key(plan.key)
  if wrong then
    return wrong
  end
end

if erasure then
  hide(erasure.only)
end
if erasure and erasure.forget then
  forget(erasure)
else
  remember()
  if plan.sent.add and not erasure then
    keep_message_id()
  end
end
for _, parcel in ipairs(plan.parcels) do
  post(parcel)
end
if plan.strips ~= '' then
  redis.call('HINCRBY', plan.strips, 'asked', 1)
end
for _, event in ipairs(plan.events) do
  tell_desk(event.desk, event.kind, event.case)
end
if plan.once then
  redis.call('SET', plan.once.name, plan.request, 'EX', plan.once.ttl_s)
end
redis.call('HSET', me.name, 'v', me.version + 1, 'r', plan.request)
live(me.name, me.ttl_s)
live(me.messages, me.ttl_s)
if plan.entry then
  finish(plan.inbox, plan.group, plan.entry)
end
return {'ok'}
