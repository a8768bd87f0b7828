#!lua flags=allow-oom
-- A case whose look has changed nothing. Only while it is still due: whoever changed it since has said when to look.
local due = redis.call('ZSCORE', plan.agenda, plan.case)
if due and tonumber(due) <= tonumber(plan.now) then
  redis.call('ZADD', plan.agenda, plan.till, plan.case)
end
return {'ok'}
