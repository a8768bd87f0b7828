#!lua
-- Logs in once. The same request may ask again, in case its answer was lost.
local present = redis.call('GET', plan.link)
if not present then
  return {'ok'}
end
local user, sealed = string.match(present, '^used (%S+) (%S+)$')
if user then
  return user == plan.request and {'ok', sealed} or {'ok'}
end
redis.call('SET', plan.link, 'used ' .. plan.request .. ' ' .. present, 'EX', plan.used_ttl_s)
return {'ok', present}
