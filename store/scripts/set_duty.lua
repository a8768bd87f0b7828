#!lua
local changed
if plan.on then
  changed = redis.call('HSETNX', plan.duty, plan.account, plan.sealed)
  redis.call('ZADD', plan.present, 'GT', plan.there_until, plan.account)
else
  changed = redis.call('HDEL', plan.duty, plan.account)
end
if changed == 1 then
  tell_desk(plan.desk, 'duty', '')
end
return {'ok'}
