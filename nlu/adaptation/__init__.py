"""Teaches the sentence encoder our topics, now and then and by hand (`make adapt`); nothing here runs in service.

Needs only what the box has: TensorFlow comes with Rasa. What is learned is `nlu/adapter.npz`, a file in the repository,
so that training (`nlu.train`) stays a matter of a minute.
"""
