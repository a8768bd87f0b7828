"""Makes the sentence encoder in this environment, once: python -m nlu.convert."""

from nlu.box.conversion import convert

if __name__ == "__main__":
    convert()
