#!lua flags=no-writes
-- Every account, whether it is on duty and there, how many cases it holds; and how long cases took lately.
local rows = {}
local accounts = redis.call('HGETALL', plan.accounts)
for i = 1, #accounts, 2 do
  local name = accounts[i]
  local on = 0
  if redis.call('HEXISTS', plan.duty, name) == 1 then
    local there = redis.call('ZSCORE', plan.present, name)
    on = there and tonumber(there) >= tonumber(plan.now) and 1 or 0
  end
  rows[#rows + 1] = {accounts[i + 1], on, redis.call('SCARD', plan.held_prefix .. name)}
end
return {'ok', rows, redis.call('LRANGE', plan.service, 0, -1)}
