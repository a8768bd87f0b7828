"""What the components have in common: they learn from questions, keep what they learned, and read messages."""

from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.box.learned import Learned, read_learned, write_learned

P = TypeVar("P", bound="Part")
L = TypeVar("L", bound="LearningPart")


class Part(GraphComponent):
    """A component that needs no training; subclasses say how to `read` a message."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls: type[P],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> P:
        """Rasa's constructor in training."""
        return cls(config)

    @classmethod
    def load(
        cls: type[P],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> P:
        """Rasa's constructor in use."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Reads the questions as it would read messages."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds to each message what this component finds in it."""
        for message in messages:
            self.read(message)
        return messages

    def read(self, message: Message) -> None:
        """Adds to one message what this component finds in it."""
        raise NotImplementedError


class LearningPart(Part):
    """A component with training; subclasses say what to `learn`, and how to `use` it before reading."""

    _storage: ModelStorage
    _resource: Resource

    @classmethod
    def create(
        cls: type[L],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> L:
        """A component that has learned nothing yet."""
        part = cls(config)
        part._storage, part._resource = model_storage, resource
        return part

    @classmethod
    def load(
        cls: type[L],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> L:
        """A component with what it learned in training."""
        part = cls(config)
        with model_storage.read_from(resource) as folder:
            part.use(read_learned(folder))
        return part

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the questions and keeps it for `load`."""
        learned = self.learn(training_data.training_examples)
        with self._storage.write_to(self._resource) as folder:
            write_learned(folder, learned)
        return self._resource

    def learn(self, questions: list[Message]) -> Learned:
        """What can be learned from training questions."""
        raise NotImplementedError

    def use(self, learned: Learned) -> None:
        """Makes ready for reading."""
        raise NotImplementedError


def rounded(probability: float) -> float:
    """Five digits, never rounded up, so that a ranking sums to at most 1."""
    return int(probability * 100_000) / 100_000
