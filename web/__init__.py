"""The pages: a chat page to try the product without Telegram, the operators' console, and the
editors' desk (`web.editors`).

The only room besides the webhook's listener that imports starlette. A request is read, one decision of `actions` or
one question to the store follows, and a page is rendered; nothing is decided here but who may see it.
May import: store, actions, content, desk, nlu.client, road.
"""
