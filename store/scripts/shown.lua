#!lua flags=no-writes
return {'ok', redis.call('GET', plan.key) or '', redis.call('XRANGE', plan.web, plan.from, '+')}
