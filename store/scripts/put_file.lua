#!lua
-- Appends a piece of a file, or its end. Ids are the pieces' numbers, so that a piece that comes twice is one. Nothing is
-- kept that is not expected any more: the person has erased everything, or another copy was faster.
if redis.call('HGET', plan.files, plan.file) ~= plan.expected then
  return {'ok', 0}
end
local wrong = wrong_key(plan.key)
if wrong then
  return wrong
end

-- The copies that end first go, until this one fits.
local function make_room(room)
  redis.call('ZREMRANGEBYSCORE', room.name, '-inf', room.now)
  local copies, total = redis.call('ZRANGE', room.name, 0, -1), room.size
  for _, copy in ipairs(copies) do
    total = total + tonumber(string.match(copy, '^(%d+)'))
  end
  for _, copy in ipairs(copies) do
    if total <= room.most then
      break
    end
    redis.call('DEL', plan.file_prefix .. string.match(copy, ':(.+)$'))
    redis.call('ZREM', room.name, copy)
    total = total - tonumber(string.match(copy, '^(%d+)'))
  end
  redis.call('ZADD', room.name, room.ends, string.format('%.0f:%s', room.size, plan.file))
  redis.call('EXPIRE', room.name, room.ttl_s)
end

local id = string.format('%.0f-0', plan.number)
if plan.number == 1 then
  redis.call('DEL', plan.stream)
  if plan.room then
    make_room(plan.room)
  end
elseif redis.call('EXISTS', plan.stream) == 0 then
  return {'ok', 0} -- it made room for another
end
if #redis.call('XRANGE', plan.stream, id, id) == 0 then
  redis.call('XADD', plan.stream, id, plan.field, plan.sealed)
end
redis.call('EXPIRE', plan.stream, plan.ttl_s)
local ending = plan['end']
if ending and plan.field == 'm' then
  redis.call('HSET', plan.files, plan.file, ending.state)
  tell_desk(ending.desk, 'entry', ending.case)
end
return {'ok', 1}
