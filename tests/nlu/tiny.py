"""A project of four topics and three languages, small enough to be trained in seconds."""

from pathlib import Path

import yaml

CONFIG = Path(__file__).parents[2] / "config.yml"

URGENCY = {"medical_emergency": "critical", "domestic_violence_help": "critical", "pets": "low", "greet": "low"}

QUESTIONS = {
    "en": {
        "medical_emergency": ["call an ambulance", "my mother cannot breathe", "he is bleeding badly", "she fainted"],
        "domestic_violence_help": ["my husband beats me", "he hits me at home", "my wife hits me", "he hurt me again"],
        "pets": ["can i bring my dog", "vaccine for my cat", "is there a vet nearby", "papers for a dog"],
        "greet": ["hello", "good morning", "hi there", "hey"],
    },
    "uk": {
        "medical_emergency": ["викличте швидку", "мама не може дихати", "він стікає кров'ю", "вона знепритомніла"],
        "domestic_violence_help": [
            "чоловік мене б'є",
            "він б'є мене вдома",
            "мене вдарив чоловік",
            "він знову побив мене",
        ],
        "pets": ["чи можна взяти собаку", "щеплення для кота", "де ветеринар", "документи на собаку"],
        "greet": ["привіт", "добрий ранок", "вітаю вас", "доброго дня"],
    },
    "hu": {
        "medical_emergency": ["hívjon mentőt", "anyám nem kap levegőt", "erősen vérzik", "elájult a lány"],
        "domestic_violence_help": ["a férjem ver engem", "otthon megütött", "bánt a férjem", "megint megvert"],
        "pets": ["hozhatok kutyát", "oltás a macskának", "hol van állatorvos", "papírok a kutyához"],
        "greet": ["szia", "jó reggelt", "üdvözlöm önt", "helló"],
    },
}


def write_project(folder: Path, *, extra_component: str = "", without: str = "") -> Path:
    """Writes questions, catalogue and configuration; the path of the configuration."""
    for locale, topics in QUESTIONS.items():
        write_questions(folder / "nlu" / "data" / locale / "all.yml", topics)
    write_catalogue(folder / "content" / "topics.yml")
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    pipeline = [entry for entry in config["pipeline"] if not without or without not in entry["name"]]
    if extra_component:
        pipeline.insert(-1, {"name": extra_component})
    path = folder / "config.yml"
    path.write_text(yaml.safe_dump({**config, "pipeline": pipeline}), encoding="utf-8")
    return path


def write_questions(path: Path, topics: dict[str, list[str]]) -> None:
    """One file in Rasa's format."""
    lines = ['version: "3.1"', "nlu:"]
    for topic, texts in topics.items():
        lines += [f"- intent: {topic}", "  examples: |", *(f"    - {text}" for text in texts), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def write_catalogue(path: Path) -> None:
    """The topics, as in content/topics.yml."""
    path.parent.mkdir(parents=True, exist_ok=True)
    topics = [{"id": topic, "urgency": urgency} for topic, urgency in URGENCY.items()]
    path.write_text(yaml.safe_dump({"topics": topics}), encoding="utf-8")
