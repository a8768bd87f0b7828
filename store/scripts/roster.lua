#!lua flags=no-writes
-- Every account, whether it is on duty and there, how many cases it then holds; and how long cases took lately.
local there = {}
for _, name in ipairs(redis.call('ZRANGE', plan.present, plan.now, '+inf', 'BYSCORE')) do
  there[name] = true
end
local at_work = {}
for _, name in ipairs(redis.call('HKEYS', plan.duty)) do
  at_work[name] = there[name]
end
local rows = {}
local accounts = redis.call('HGETALL', plan.accounts)
for i = 1, #accounts, 2 do
  local name = accounts[i]
  local holds = at_work[name] and redis.call('SCARD', plan.held_prefix .. name) or 0
  rows[#rows + 1] = {accounts[i + 1], at_work[name] and 1 or 0, holds}
end
return {'ok', rows, redis.call('LRANGE', plan.service, 0, -1)}
