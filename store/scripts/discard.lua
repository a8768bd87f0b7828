#!lua flags=allow-oom
-- Finishes a turn that nobody can read any more.
if not holds(plan.lease) then
  return {'conflict', 'fence'}
end
return {'ok', finish(plan.inbox, plan.group, plan.entry)}
