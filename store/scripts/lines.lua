#!lua flags=no-writes
-- How many cases wait in each line.
local counts = {}
for _, line in ipairs(redis.call('SMEMBERS', plan.lines)) do
  counts[#counts + 1] = line
  counts[#counts + 1] = redis.call('ZCARD', plan.line_prefix .. line)
end
return {'ok', counts}
