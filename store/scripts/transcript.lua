#!lua flags=no-writes
return {'ok', redis.call('GET', plan.key) or '', redis.call('LRANGE', plan.list, 0, -1)}
