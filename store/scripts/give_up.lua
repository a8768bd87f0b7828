#!lua flags=allow-oom
if not holds(plan.lease) then
  return {'conflict', 'fence'}
end
redis.call('DEL', plan.erased)
if finish(plan.stream, plan.group, plan.entry) == 1 then
  redis.call('HINCRBY', plan.given_up, plan.why, 1)
  if plan.file then
    end_own_file(plan.file)
  end
  note_word(plan.message)
end
return {'ok'}
