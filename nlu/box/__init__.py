"""The Rasa box: components that `config.yml` names, and what they are made of.

A message passes Normaliser, LocaleScorer, Respeller, WordsAndCharacters, SentenceEmbedding, TopicClassifier,
UrgencyDetector and Forgetter. Rasa and scikit-learn are imported here and nowhere else; nothing of the application is.
"""
