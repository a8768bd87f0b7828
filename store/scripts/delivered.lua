#!lua flags=allow-oom
-- Takes a sent delivery out of the outbox and keeps its message ids. Had the person erased it meanwhile, what was sent
-- is hidden at once.
if not holds(plan.lease) then
  return {'conflict', 'fence'}
end
if redis.call('EXISTS', plan.erased) == 1 then
  if not plan.hide then
    return {'erased'}
  end
  local wrong = wrong_key(plan.key)
  if wrong then
    return wrong
  end
  redis.call('DEL', plan.erased)
  redis.call('XADD', plan.hide.stream, '*', 'p', plan.person, 'd', plan.hide.sealed)
  return {'ok'}
end
if #redis.call('XRANGE', plan.stream, plan.entry, plan.entry) == 0 then
  return {'ok'}
end
if plan.sent then
  local wrong = wrong_key(plan.key)
  if wrong then
    return wrong
  end
  redis.call('RPUSH', plan.sent.name, plan.sent.add)
  redis.call('LTRIM', plan.sent.name, -plan.sent.entries, -1)
  redis.call('EXPIRE', plan.sent.name, plan.sent.ttl_s)
end
if plan.file then
  end_own_file(plan.file)
end
note_word(plan.message)
finish(plan.stream, plan.group, plan.entry)
return {'ok'}
