#!lua flags=no-writes
-- A console session, and the account that it is known to belong to.
local account = plan.account ~= '' and redis.call('HGET', plan.accounts, plan.account)
return {'ok', redis.call('GET', plan.session) or '', account or ''}
