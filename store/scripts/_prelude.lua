-- In front of every script. A script gets one argument: its plan, a MessagePack map. Key names come in the plan; they
-- are not declared as KEYS, since the store is one server with replicas and never a cluster. Answers begin with a word:
-- ok; conflict and what no longer holds; rekey and the key that is there; again (something moved: read and try again).
local plan = cmsgpack.unpack(ARGV[1])

-- Whether the caller still has the lease that it believes to have.
local function holds(lease)
  return redis.call('GET', lease.key) == lease.token
end

-- Nil when the plan's values are sealed with the person's present key; a fresh key is stored where there was none.
local function wrong_key(key)
  local present = redis.call('GET', key.name)
  if not present and key.fresh then
    redis.call('SET', key.name, key.wrapped, 'EX', key.ttl_s)
    return nil
  end
  if present ~= key.wrapped then
    return {'rekey', present or ''}
  end
  redis.call('EXPIRE', key.name, key.ttl_s, 'GT')
  return nil
end

local function ensure_group(stream, group)
  if redis.call('EXISTS', stream) == 0 or #redis.call('XINFO', 'GROUPS', stream) == 0 then
    redis.call('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM')
  end
end

-- How often an entry was handed out; 0 when it is not pending.
local function deliveries(stream, group, id)
  local pending = redis.call('XPENDING', stream, group, id, id, 1)
  return pending[1] and pending[1][4] or 0
end

local function finish(stream, group, id)
  redis.call('XACK', stream, group, id)
  return redis.call('XDEL', stream, id)
end

-- A stream entry's or hash's flat list of names and values as a table.
local function fields(flat)
  local named = {}
  for i = 1, #flat, 2 do
    named[flat[i]] = flat[i + 1]
  end
  return named
end

-- As long as the person's transcript.
local function live_like(name, other)
  local ttl = redis.call('TTL', other)
  if ttl > 0 then
    redis.call('EXPIRE', name, ttl)
  else
    redis.call('PERSIST', name)
  end
end

-- What became of an operator's message, where anybody may still ask.
local function note_word(message)
  if message and redis.call('HEXISTS', message.hash, message.name) == 1 then
    redis.call('HSET', message.hash, message.name, message.word)
  end
end

local function tell_desk(desk, kind, case)
  redis.call('XADD', desk.stream, 'MAXLEN', '~', desk.entries, '*', 'k', kind, 'c', case)
  redis.call('EXPIRE', desk.stream, desk.ttl_s)
end

-- A file of staff's on which the courier is done: its content goes, what became of it is kept.
local function end_own_file(file)
  redis.call('DEL', file.stream)
  if redis.call('HGET', file.files, file.file) == 'waiting' then
    redis.call('HSET', file.files, file.file, file.state)
    tell_desk(file.desk, 'entry', file.case)
  end
end
